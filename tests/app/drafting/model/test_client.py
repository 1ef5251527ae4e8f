"""Asking a server that answers well, badly, slowly, too much or not at all; what nobody else sees."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import time
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from tests.model_server import drips, says, sends, standing_in, writes
from timeline.app.drafting.model.client import FORMS, Client
from timeline.app.drafting.model.failures import CutShort
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from timeline.app.drafting.model.settings import Settings

    Set = Callable[..., Settings]

KEY = "a-key-that-nobody-may-see"
TEXT = "a text that nobody may see"
MESSAGES = [{"role": "user", "content": TEXT}]
ECHO = json.dumps({"error": {"message": f"Bearer {KEY} {TEXT}"}}).encode()
"""What a server may write in an error."""


@pytest.fixture(autouse=True)
def _no_one_sees(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Neither the key nor the text is in any log or on any stream."""
    caplog.set_level(0)
    yield
    seen = "".join((caplog.text, *capfd.readouterr()))
    assert KEY not in seen
    assert TEXT not in seen


def failure(settings: Settings) -> TimelineError:
    with pytest.raises(TimelineError) as caught:
        Client(settings).ask(MESSAGES)
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(error.__context__) + repr(error.__cause__)
    assert KEY not in shown
    assert TEXT not in shown
    assert error.fix
    return error


def test_a_model_is_asked_with_the_key_and_answers(settings: Set) -> None:
    with standing_in(says("an answer")) as server:
        assert Client(settings(server.url)).ask(MESSAGES) == "an answer"
    (sent,) = server.requests
    assert (sent.path, sent.headers["authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert (sent.body["model"], sent.body["messages"], sent.body["stream"]) == ("small", MESSAGES, False)
    assert sent.body["response_format"] == {"type": "json_object"}


def test_a_server_without_a_key_is_sent_none(settings: Set) -> None:
    with standing_in(says("an answer")) as server:
        Client(settings(server.url, key="")).ask(MESSAGES)
    assert "authorization" not in server.requests[0].headers


def test_a_server_that_refuses_a_form_is_asked_in_another_and_only_once(settings: Set) -> None:
    with standing_in(sends(ECHO, 400), sends(ECHO, 422), says("one"), says("two")) as server:
        client = Client(settings(server.url))
        assert (client.ask(MESSAGES), client.ask(MESSAGES)) == ("one", "two")
    formats = [sent.body.get("response_format", {}).get("type") for sent in server.requests]
    assert formats == ["json_object", "json_schema", None, None]


def test_what_is_refused_in_every_form_is_told(settings: Set) -> None:
    with standing_in(sends(ECHO, 400)) as server:
        assert "does not take the request (HTTP 400)" in failure(settings(server.url)).message
    assert len(server.requests) == len(FORMS)


@pytest.mark.parametrize(
    ("status", "message", "fix"),
    [
        (401, "does not take the key", "TIMELINE_LLM_KEY"),
        (403, "does not take the key for this", "TIMELINE_LLM_KEY"),
        (404, "has no model small", "TIMELINE_LLM_MODEL"),
        (413, "finds the request too large", "TIMELINE_LLM_CHARACTERS"),
        (418, "does not take the request", "TIMELINE_LLM_URL"),
        (204, "does not take the request", "TIMELINE_LLM_URL"),
    ],
)
def test_a_refusal_says_what_to_do(status: int, message: str, fix: str, settings: Set) -> None:
    with standing_in(sends(b"" if status == 204 else ECHO, status)) as server:
        error = failure(settings(server.url))
    assert message in error.message
    assert fix in error.fix
    assert "--no-model" in error.fix
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_once_more(status: int, settings: Set) -> None:
    with standing_in(sends(ECHO, status, {"Retry-After": "0"}), says("an answer")) as server:
        assert Client(settings(server.url)).ask(MESSAGES) == "an answer"
    assert len(server.requests) == 2


@pytest.mark.parametrize(("status", "says_so"), [(429, "too many requests"), (502, "has failed (HTTP 502)")])
def test_what_does_not_pass_is_told_after_the_second_time(status: int, says_so: str, settings: Set) -> None:
    with standing_in(sends(ECHO, status, {"Retry-After": "0"})) as server:
        assert says_so in failure(settings(server.url)).message
    assert len(server.requests) == 2


@pytest.mark.parametrize("header", ["60", "99999999999999999999"])
def test_nobody_waits_as_long_as_a_server_may_ask(header: str, settings: Set) -> None:
    begun = time.monotonic()
    with standing_in(sends(ECHO, 429, {"Retry-After": header})) as server:
        failure(settings(server.url, seconds=100.0))
        assert len(server.requests) == (1 if header == "60" else 2)
    assert time.monotonic() - begun < 5


def test_a_redirect_is_not_followed_and_its_host_is_told(settings: Set) -> None:
    with standing_in(says("stolen")) as other:
        moved = sends(b"", 307, {"Location": f"{other.url}/chat/completions?key={KEY}"})
        with standing_in(moved) as server:
            error = failure(settings(server.url))
        assert f"sends on to http://127.0.0.1:{other.server_port}, which is not followed" in error.message
        assert other.requests == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "//", "http://[", "\u00e9"])
def test_a_redirect_to_nowhere_is_told_too(location: str, settings: Set) -> None:
    with standing_in(sends(b"", 302, {"Location": location})) as server:
        assert "not followed" in failure(settings(server.url)).message


def chunked(*pieces: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)


@pytest.mark.parametrize(
    "reply",
    [
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        drips(b""),
        drips(chunked(b"{"), b"1\r\n \r\n"),
        lambda _: time.sleep(5),
    ],
    ids=["body", "header", "nothing", "chunks", "silence"],
)
def test_a_slow_answer_ends_at_the_stated_time(reply: Any, settings: Set) -> None:  # noqa: ANN401  a reply
    begun = time.monotonic()
    with standing_in(reply) as server:
        error = failure(settings(server.url, seconds=0.5))
        assert time.monotonic() - begun < 2
    # "Nothing" is blank lines in the place of a status, which the library takes for no HTTP.
    assert "no whole answer in 0.5 seconds" in error.message or "broke off" in error.message


@pytest.mark.parametrize(
    "reply", [sends(b"x" * 5000), drips(chunked(b"x" * 3000), b"bb8\r\n" + b"x" * 3000 + b"\r\n")], ids=["told", "not"]
)
def test_an_answer_that_is_too_large_is_not_read_to_its_end(reply: Any, settings: Set) -> None:  # noqa: ANN401  a reply
    with standing_in(reply) as server:
        error = failure(settings(server.url, most_bytes=4096))
    assert "is larger than 4 KiB" in error.message


@pytest.mark.parametrize(
    "reply",
    [
        sends(b'{"choices": [', length=5000),
        writes(chunked(b'{"choices": [')),
        writes(b"this is no HTTP\r\n\r\n"),
        writes(b""),
        writes(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
    ],
    ids=["cut", "cut chunks", "no http", "nothing", "headers"],
)
def test_an_answer_that_breaks_off_is_told(reply: Any, settings: Set) -> None:  # noqa: ANN401  a reply
    with standing_in(reply) as server:
        error = failure(settings(server.url))
    assert "broke off within its answer" in error.message or "cannot be reached" in error.message


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"{}", b"[]", b'{"choices": []}', b'{"choices": [{"message": 3}]}', b"[" * 100_000, b"\xff\xfe", b"",
     b'{"choices": [{"message": {"content": ["a"]}}]}', b'{"choices": [{"message": {"content": "\\ud800"}}]}'],
)  # fmt: skip
def test_what_is_no_endpoint_of_this_sort_is_told(body: bytes, settings: Set) -> None:
    with standing_in(sends(body)) as server:
        assert "is no OpenAI-compatible endpoint" in failure(settings(server.url)).message


def test_an_answer_that_was_cut_short_is_told(settings: Set) -> None:
    with standing_in(says('{"facts": [', "length")) as server:
        assert isinstance(failure(settings(server.url)), CutShort)


@pytest.mark.parametrize("reply", [says(None, refusal="I will not"), says("", "content_filter")])
def test_a_model_that_declines_is_told(reply: Any, settings: Set) -> None:  # noqa: ANN401  a reply
    with standing_in(reply) as server:
        assert "declined" in failure(settings(server.url)).message


def test_an_empty_answer_is_told(settings: Set) -> None:
    with standing_in(says(None)) as server:
        assert "it is empty" in failure(settings(server.url)).message


def test_a_server_that_does_not_run_is_told(settings: Set) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = failure(settings(f"http://127.0.0.1:{port}/v1"))
    assert error.message.endswith("cannot be reached: nothing listens there")


def test_a_name_that_does_not_resolve_is_told(settings: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    assert failure(settings("https://models.test/v1")).message.endswith("cannot be reached: name or service not known")


def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the name `models.test` be one of a host outside."""
    real = socket.getaddrinfo

    def resolved(host: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  as the library's
        return [(0, 0, 0, "", ("203.0.114.7", 0))] if host == "models.test" else real(host, *arguments, **named)

    monkeypatch.setattr("socket.getaddrinfo", resolved)


def test_nothing_goes_in_clear_to_a_host_outside(settings: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    outside(monkeypatch)
    with standing_in(says("stolen")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        error = failure(settings("http://models.test/v1"))
    assert "would go there in clear" in error.message
    assert "TIMELINE_LLM_INSECURE=yes" in error.fix
    assert proxy.requests == []


def test_a_host_outside_is_asked_through_the_proxy_of_the_system(
    settings: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside(monkeypatch)
    with standing_in(says("by proxy")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert Client(settings("http://models.test/v1", insecure=True)).ask(MESSAGES) == "by proxy"
    assert proxy.requests[0].path == "http://models.test/v1/chat/completions"


def test_a_host_within_is_asked_without_a_proxy(settings: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with standing_in(says("direct")) as server:
        assert Client(settings(server.url)).ask(MESSAGES) == "direct"


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(settings: Set, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([openssl, *made, *named, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with standing_in(says("stolen"), tls=context) as server:
        error = failure(settings(server.url.replace("http:", "https:")))
    assert error.message.endswith("its certificate is not one to trust")
    assert server.requests == []
