"""One request to an endpoint, bounded in time and size, with the key shown to nobody but the server that was named.

A redirect is not followed, a certificate is always verified, and http is for this machine and its network unless the
user says otherwise. A request to a host outside goes through the proxy that the system names; one within does not.
"""

from __future__ import annotations

import http.client
import queue
import ssl
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.model import address, failures
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from typing import IO

    from timeline.app.drafting.model.settings import Settings

_PIECE: Final = 1 << 16
_REASONS: Final = {
    ConnectionRefusedError: "nothing listens there",
    ConnectionResetError: "the connection was closed at once",
    ssl.SSLCertVerificationError: "its certificate is not one to trust",
    ssl.SSLError: "it speaks no TLS that can be used",
}


class Reply(NamedTuple):
    """What a server answered.

    Attributes:
        status: of HTTP.
        headers: their names in lower case.
        body: of a success; empty otherwise, as nobody is to be shown it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


def post(settings: Settings, body: bytes, deadline: float) -> Reply:
    """The answer to a body of JSON.

    It is asked for in a thread of its own, since a server that sends a byte now and then outlasts any time limit of a
    socket; what is not there by the deadline is not waited for.

    Args:
        settings: whom to ask.
        body: to send.
        deadline: on the clock of `time.monotonic`.

    Raises:
        ModelUnusable: there is no answer, or it is too large.
        TimelineError: the address is one to which nothing may be sent in clear.
    """
    answers: queue.SimpleQueue[Reply | TimelineError] = queue.SimpleQueue()
    worker = threading.Thread(
        target=lambda: answers.put(_settled(settings, body, deadline)), name="language model", daemon=True
    )
    worker.start()
    try:
        answer = answers.get(timeout=max(deadline - time.monotonic(), 0.001))
    except queue.Empty:
        raise failures.too_slow(settings) from None
    if isinstance(answer, TimelineError):
        raise answer
    return answer


def _settled(settings: Settings, body: bytes, deadline: float) -> Reply | TimelineError:
    """The answer, or why there is none; never an exception, as what libraries say may hold the key."""
    try:
        return _exchanged(settings, body, deadline)
    except TimelineError as error:
        return error
    except urllib.error.URLError as error:
        return _unreachable(settings, error.reason)
    except (http.client.HTTPException, ConnectionError):
        return failures.broken_off(settings)
    except OSError as error:
        return _unreachable(settings, error)
    except Exception:  # noqa: BLE001  whatever it is, its words may hold the key or the text
        return failures.broken_off(settings)


def _exchanged(settings: Settings, body: bytes, deadline: float) -> Reply:
    opener = _opener(settings)
    left = max(deadline - time.monotonic(), 0.001)
    try:
        with opener.open(_request(settings, body), timeout=left) as stream:
            return Reply(stream.status, _headers(stream.headers), _body(stream, settings, deadline))
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, _headers(error.headers), b"")


def _opener(settings: Settings) -> urllib.request.OpenerDirector:
    near = address.is_near(settings.url)
    if settings.url.startswith("http:") and not (near or settings.insecure):
        what = f"{settings.origin} is outside this machine and its network: key and text would go there in clear"
        raise TimelineError(what, "use https, or set TIMELINE_LLM_INSECURE=yes if you must")
    proxies = urllib.request.ProxyHandler({}) if near else urllib.request.ProxyHandler()
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    opener = urllib.request.OpenerDirector()
    # All that is needed, and so no handler that follows a redirect.
    failing = (urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPErrorProcessor())
    for handler in (proxies, urllib.request.HTTPHandler(), secure, *failing):
        opener.add_handler(handler)
    return opener


def _request(settings: Settings, body: bytes) -> urllib.request.Request:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "corporate-timeline"}
    request = urllib.request.Request(settings.url, body, headers)  # noqa: S310  http or https, as `endpoint` saw to
    if settings.key:
        # Kept apart from the headers that a redirect would take along.
        request.add_unredirected_header("Authorization", f"Bearer {settings.key.reveal()}")
    return request


def _headers(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _body(stream: http.client.HTTPResponse | IO[bytes], settings: Settings, deadline: float) -> bytes:
    pieces = bytearray()
    while piece := stream.read1(_PIECE):  # type: ignore[union-attr]  # of a success it is always an HTTPResponse
        pieces += piece
        if len(pieces) > settings.most_bytes:
            raise failures.too_large(settings)
        if time.monotonic() > deadline:
            raise failures.too_slow(settings)
    expected = stream.length if isinstance(stream, http.client.HTTPResponse) else None
    if expected:
        raise failures.broken_off(settings)
    return bytes(pieces)


def _unreachable(settings: Settings, reason: object) -> TimelineError:
    if isinstance(reason, TimeoutError):
        return failures.too_slow(settings)
    why = next((words for kind, words in _REASONS.items() if isinstance(reason, kind)), "")
    return failures.unreachable(settings, why or _system_word(reason))


def _system_word(reason: object) -> str:
    """What the system says, such as "network is unreachable"; never a library's own words."""
    return (isinstance(reason, OSError) and (reason.strerror or "").lower()) or "no connection"
