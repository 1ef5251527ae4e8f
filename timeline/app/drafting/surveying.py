"""What is told of many texts before they are drafted: which are the same, and which reprint which."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from timeline.errors import InvalidInput, TimelineError
from timeline.prose.heading import day_of
from timeline.prose.shingles import Sketch, likeness, shingles, sketch
from timeline.prose.text import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIKELIEST: Final = 8
"""Texts before that are read again and compared with one."""


class Failed(Struct, frozen=True):
    """A text that could not be drafted.

    Attributes:
        path: of the text.
        what: why, in a line.
        fix: what to do about it.
    """

    path: str
    what: str
    fix: str = ""


class Surveyed(NamedTuple):
    """What is held of a text.

    Attributes:
        path: of its file.
        sha256: of the text.
        day: of publication as the text tells it, ISO; empty where it does not.
        sample: of its shingles.
    """

    path: str
    sha256: str
    day: str
    sample: Sketch


def survey(path: str) -> Surveyed | Failed:
    """Read a text once."""
    try:
        text = read_text(path)
    except Exception as error:  # noqa: BLE001 - one text must not end the others
        return failed(path, error)
    day = day_of(text.published)
    return Surveyed(path, text.sha256, day.isoformat() if day else "", sketch(shingles(text.paragraphs)))


def origins(surveyed: Sequence[Surveyed]) -> dict[str, str]:
    """By path, the path of the earliest text that it most likely derives from.

    Only texts that share shingles are compared: each shingle of a sample leads to the texts before that have it.
    """
    having: dict[int, list[int]] = defaultdict(list)
    found: dict[str, str] = {}
    for at, each in enumerate(surveyed):
        shared = Counter(before for run in each.sample.kept for before in having[run])
        likely = [
            before for before, _ in shared.most_common(_LIKELIEST) if each.sample.may_derive(surveyed[before].sample)
        ]
        origin = next((path for before in likely if _derives(each.path, path := surveyed[before].path)), "")
        if origin:
            found[each.path] = found.get(origin, origin)
        for run in each.sample.kept:
            having[run].append(at)
    return found


def _derives(path: str, other: str) -> bool:
    """Whether the texts share most of their words; they are read for it, since only samples are held."""
    try:
        return likeness(*(shingles(read_text(each).paragraphs) for each in (path, other))).derived
    except TimelineError:
        return False


def failed(path: str, error: Exception) -> Failed:
    """Why, as a person can act on it; a defect of the program is told as one."""
    match error:
        case InvalidInput():
            first = error.problems[0]
            more = f" (and {len(error.problems) - 1:,} more)" if len(error.problems) > 1 else ""
            return Failed(path, f"{first.what}{more}", first.fix)
        case TimelineError():
            return Failed(path, error.message, error.fix)
        case _:
            return Failed(path, f"{type(error).__name__}: {error}", "this is a defect of the program; please report it")
