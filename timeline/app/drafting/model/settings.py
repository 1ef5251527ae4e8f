"""Which language model a user has, where it is and within what bounds it is asked.

It is told by the environment, TIMELINE_LLM_URL, _MODEL and _KEY, or by the table `[model]` of the file `config.toml`
in the platform's directory for the user's settings, with the names url, model and key; the environment comes first. The
key shows nowhere: not in a representation, a message or a log.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from timeline.app.drafting.model import address
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PREFIX: Final = "TIMELINE_LLM_"
_NAMES: Final = ("url", "model", "key", "seconds", "characters", "insecure")
_LARGEST: Final = 1 << 16
_KEY: Final = re.compile(r"[!-~]{1,4096}")
_MODEL: Final = re.compile(r"[!-~][ -~]{0,199}")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_LONGEST: Final = 3600.0


class Secret:
    """A text that no representation gives away."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)" if self._text else "Secret()"

    def __bool__(self) -> bool:
        return bool(self._text)

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._text


class Settings(Struct, frozen=True, kw_only=True):
    """A language model and the bounds within which it is asked.

    Attributes:
        url: of its endpoint for chat completions, whole.
        model: its name at that server.
        key: that the server asks for; empty for none.
        seconds: for all that is asked about one text.
        most_bytes: of one answer.
        most_facts: that are looked at, of one text.
        characters: of the text that are sent at once.
        insecure: whether http will do for a host outside this machine and its network.
        warnings: what is wrong with the settings though they can be used, each a short line.
    """

    url: str
    model: str
    key: Secret = field(default_factory=Secret)
    seconds: float = 120.0
    most_bytes: int = 2 * 1024 * 1024
    most_facts: int = 500
    characters: int = 24_000
    insecure: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """All of its address that may be shown."""
        return address.origin(self.url)

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, file: Path | None = None
    ) -> Settings | None:
        """The model that the user has named; None where there is none.

        Args:
            environment: the process's own unless given.
            file: the settings; `config.toml` in the platform's directory for them unless given.

        Raises:
            TimelineError: one is named, though not so that it can be asked.
        """
        table, warnings = _table(file or default_file())
        told = os.environ if environment is None else environment
        values = {name: table.get(name, "") for name in _NAMES}
        values |= {name: told[PREFIX + name.upper()] for name in _NAMES if told.get(PREFIX + name.upper())}
        return _settings(values, warnings) if values["url"] else None


def default_file() -> Path:
    """`config.toml` in the platform's directory for the user's settings."""
    from platformdirs import user_config_path

    return user_config_path("timeline", appauthor=False) / "config.toml"


def _settings(values: Mapping[str, str], warnings: tuple[str, ...]) -> Settings:
    if not _MODEL.fullmatch(values["model"]):
        fix = "set TIMELINE_LLM_MODEL to the name of a model at that server"
        raise TimelineError("a language model has an address and no name", fix)
    if values["key"] and not _KEY.fullmatch(values["key"].strip()):
        # A library that refuses such a header would show it in its message.
        fix = "set TIMELINE_LLM_KEY to the key alone, in one line"
        raise TimelineError("the key of the language model has characters that no key has", fix)
    return Settings(
        url=address.endpoint(values["url"]),
        model=values["model"],
        key=Secret(values["key"].strip()),
        seconds=_number("seconds", values["seconds"], 120.0),
        characters=int(_number("characters", values["characters"], 24_000, least=500)),
        insecure=values["insecure"].strip().lower() in ("yes", "true"),
        warnings=warnings,
    )


def _number(name: str, text: str, default: float, least: float = 1) -> float:
    try:
        number = float(text) if text else default
    except ValueError:
        number = -1
    most = _LONGEST if name == "seconds" else 1_000_000
    if not least <= number <= most:
        fix = f"write a number from {least:g} to {most:g}"
        raise TimelineError(f"{PREFIX}{name.upper()} is no such number", fix)
    return number


def _table(file: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The table `[model]` of a file as texts, and what is wrong with the file; nothing where there is no file."""
    try:
        with file.open("rb") as stream:
            data, mode = stream.read(_LARGEST), os.fstat(stream.fileno()).st_mode
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        why = (error.strerror or "").lower()
        raise TimelineError(f"{file} cannot be read: {why}", "check its permissions") from None
    table = _model_table(file, data)
    readable = os.name == "posix" and mode & _OTHERS and table.get("key")
    warning = f"others can read the key in {file}: chmod 600 it, or use {PREFIX}KEY"
    return table, (warning,) if readable else ()


def _model_table(file: Path, data: bytes) -> dict[str, str]:
    fix = f'write [model] and below it url = "…", model = "…", key = "…" in {file}'
    try:
        table: Any = tomllib.loads(data.decode()).get("model", {})
    except (ValueError, RecursionError):
        # Its own message would show the line, which may be that of the key.
        raise TimelineError(f"{file} is no TOML", fix) from None
    if not isinstance(table, dict) or not all(isinstance(value, str | int | float) for value in table.values()):
        raise TimelineError(f"{file}: [model] is no table of texts", fix)
    if unknown := sorted(set(table) - set(_NAMES)):
        raise TimelineError(f"{file}: [model] has no setting {unknown[0]!r}", f"the settings are {', '.join(_NAMES)}")
    return {name: _plain(value) for name, value in table.items()}


def _plain(value: str | float) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
