"""Which model a user has named, and that the key shows nowhere."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import msgspec
import pytest

from timeline.app.drafting.model.address import endpoint, is_near, origin
from timeline.app.drafting.model.settings import Settings
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "a-key-that-nobody-may-see"
TOLD = {"TIMELINE_LLM_URL": "http://localhost:11434/v1", "TIMELINE_LLM_MODEL": "small", "TIMELINE_LLM_KEY": KEY}
FILE = f'[model]\nurl = "https://models.example/v1"\nmodel = "large"\nkey = "{KEY}"\nseconds = 30\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def written(file: Path, text: str, mode: int = 0o600) -> Path:
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return file


def refusal(environment: dict[str, str], file: Path) -> TimelineError:
    with pytest.raises(TimelineError) as caught:
        Settings.from_environment(environment, file)
    assert KEY not in "".join(traceback.format_exception(caught.value))
    return caught.value


def test_the_environment_names_the_model(file: Path) -> None:
    settings = Settings.from_environment(TOLD, file)
    assert settings is not None
    assert (settings.url, settings.model) == ("http://localhost:11434/v1/chat/completions", "small")
    assert (settings.key.reveal(), settings.seconds, settings.insecure) == (KEY, 120.0, False)


def test_without_an_address_there_is_no_model(file: Path) -> None:
    assert Settings.from_environment({"TIMELINE_LLM_MODEL": "small"}, file) is None


def test_a_file_names_the_model_and_the_environment_comes_first(file: Path) -> None:
    settings = Settings.from_environment({"TIMELINE_LLM_MODEL": "small"}, written(file, FILE))
    assert settings is not None
    assert (settings.origin, settings.model, settings.seconds) == ("https://models.example", "small", 30.0)
    assert settings.warnings == ()


def test_the_file_is_in_the_directory_of_the_users_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path)
    monkeypatch.delenv("TIMELINE_LLM_URL", raising=False)
    written(tmp_path / "config.toml", FILE)
    settings = Settings.from_environment()
    assert settings is not None
    assert settings.origin == "https://models.example"


def test_a_key_that_others_can_read_is_warned_of(file: Path) -> None:
    settings = Settings.from_environment({}, written(file, FILE, 0o644))
    assert settings is not None
    assert [warning for warning in settings.warnings if "chmod 600" in warning]


def test_a_file_without_a_key_may_be_read_by_others(file: Path) -> None:
    settings = Settings.from_environment({}, written(file, FILE.replace("key =", "#"), 0o644))
    assert settings is not None
    assert settings.warnings == ()


def test_the_key_shows_in_no_representation(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings.from_environment(TOLD, file)
    assert settings is not None
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").debug("%s %r %s", settings, settings, settings.key)
    rich = "".join(map(repr, settings.__rich_repr__()))
    assert "small" in caplog.text
    assert KEY not in f"{settings} {settings!r} {settings.key} {settings.key!r} {rich} {caplog.text}"
    with pytest.raises(TypeError):
        msgspec.json.encode(settings)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"MODEL": ""}, "has an address and no name"),
        ({"KEY": f"{KEY}\nX-More: 1"}, "characters that no key has"),
        ({"KEY": f"{KEY} é"}, "characters that no key has"),
        ({"URL": "ftp://localhost/v1"}, "is no web address"),
        ({"URL": "localhost:11434"}, "is no web address"),
        ({"URL": "http://[::1/v1"}, "cannot be read"),
        ({"URL": "http://localhost:99999/v1"}, "cannot be read"),
        ({"URL": f"https://me:{KEY}@models.example/v1"}, "a name or a password"),
        ({"SECONDS": "0"}, "TIMELINE_LLM_SECONDS is no such number"),
        ({"SECONDS": "nan"}, "TIMELINE_LLM_SECONDS is no such number"),
        ({"CHARACTERS": "5"}, "TIMELINE_LLM_CHARACTERS is no such number"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(change: dict[str, str], says: str, file: Path) -> None:
    error = refusal(TOLD | {f"TIMELINE_LLM_{name}": value for name, value in change.items()}, file)
    assert says in error.message
    assert error.fix


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'[model]\nkey = "{KEY}', "is no TOML"),
        ("model = 3\n", "is no table of texts"),
        ('[model]\nurl = ["a"]\n', "is no table of texts"),
        ('[model]\nadress = "a"\n', "has no setting 'adress'"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_without_its_words(text: str, says: str, file: Path) -> None:
    assert says in refusal({}, written(file, text)).message


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
        ("https://models.example/v1/", "https://models.example/v1/chat/completions"),
        ("https://models.example/api/v3", "https://models.example/api/v3/chat/completions"),
        ("https://models.example/v1/chat/completions", "https://models.example/v1/chat/completions"),
        ("https://models.example/v1?api-version=2", "https://models.example/v1/chat/completions?api-version=2"),
    ],
)
def test_a_base_address_is_made_whole(url: str, asked: str) -> None:
    assert endpoint(url) == asked


def test_only_scheme_host_and_port_of_an_address_are_shown() -> None:
    assert origin("https://models.example:8443/v1/secret?key=secret") == "https://models.example:8443"
    assert origin("http://[::1]:8080/v1") == "http://[::1]:8080"


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://localhost:1/v1", True),
        ("http://api.localhost/v1", True),
        ("http://127.0.0.1/v1", True),
        ("http://[::1]/v1", True),
        ("http://192.168.1.7/v1", True),
        ("http://[fd00::7]/v1", True),
        ("http://[::ffff:10.0.0.1]/v1", True),
        ("http://8.8.8.8/v1", False),
        ("http://[2606:4700::1]/v1", False),
        ("http://[::ffff:8.8.8.8]/v1", False),
    ],
)
def test_private_addresses_are_near(url: str, near: bool) -> None:  # noqa: FBT001  as pytest passes it
    assert is_near(url) is near


@pytest.mark.parametrize(
    ("addresses", "near"), [(["10.0.0.7"], True), (["8.8.8.8"], False), (["10.0.0.7", "8.8.8.8"], False), ([], False)]
)
def test_a_name_is_near_where_all_its_addresses_are(
    addresses: list[str],
    near: bool,  # noqa: FBT001  as pytest passes it
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (each, 0)) for each in addresses])
    assert is_near("http://models.test/v1") is near
