"""Whether a text was seen before: the same one, a reprint of it, or one that claims to be the same.

A reprint is no independent witness, so that `derives_from` is proposed for the later of two; a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from timeline.errors import TimelineError
from timeline.history import recorded_sources
from timeline.naming import folded
from timeline.prose.shingles import likeness, shingles, sketch
from timeline.record import source_published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.app.drafting.drafted import Draft
    from timeline.prose.shingles import Likeness
    from timeline.prose.text import Text
    from timeline.record import Source

How = Literal["same text", "reprint", "same address", "same title"]


class Relative(NamedTuple):
    """A text or a source that has to do with a text.

    Attributes:
        source: id of the recorded source; empty where the other text is kept, and no source has its hash.
        how: the same text; a reprint, which shares most of its words; or another text of the same address, or of the
            same title and publisher.
        derives_from: id to write for it; empty where none is proposed.
        remark: what was found, in a line.
    """

    source: str
    how: How
    derives_from: str
    remark: str


def recorded(connection: Connection | None) -> Mapping[str, Source]:
    """The sources of a database by id; none without a database."""
    if connection is None:
        return {}
    from timeline.app.fold import decoded
    from timeline.store.log import Reader

    return recorded_sources(decoded(Reader(connection).rows_of_no_company()))


def relatives(
    text: Text, folder: Path | None, sources: Mapping[str, Source], day: dt.date | None = None
) -> tuple[Relative, ...]:
    """What has to do with a text, the same one first, then reprints, the likest first.

    Args:
        text: that is to be drafted.
        folder: of the texts that are kept; None for none.
        sources: that are recorded, by id.
        day: on which the text was published; a source of a later day does not come before it.
    """
    same = [_same(name, text) for name, source in sources.items() if source.sha256 == text.sha256]
    reprints = list(_reprints(text, folder, sources, day)) if folder is not None else []
    told = {each.source for each in (*same, *reprints)}
    return (*same, *reprints, *(each for each in _claiming(text, sources) if each.source not in told))


def _same(name: str, text: Text) -> Relative:
    remark = f"sha256: {name} is recorded of the very same text ({text.sha256[:12]}…); a second draft adds nothing"
    return Relative(name, "same text", "", remark)


def _reprints(text: Text, folder: Path, sources: Mapping[str, Source], day: dt.date | None) -> Iterator[Relative]:
    own = shingles(text.paragraphs)
    of_hash = {source.sha256: name for name, source in sources.items() if source.sha256}
    alike = sorted(_alike(text, own, folder), key=lambda found: (-found[1].containment, found[0]))
    for sha256, how in alike:
        name = of_hash.get(sha256, "")
        yield _reprint(name, sha256, how, is_later=bool(name) and _is_later(sources[name], day))


def _alike(text: Text, own: frozenset[int], folder: Path) -> Iterator[tuple[str, Likeness]]:
    """Hashes of the kept texts that share most of their words with it; the samples say which ones to read."""
    from timeline.app.drafting.texts import kept_text, sketches

    sample = sketch(own)
    for sha256, other in sketches(folder).items():
        if sha256 == text.sha256 or not sample.may_derive(other):
            continue
        try:
            kept = kept_text(folder, sha256)
        except TimelineError:
            continue  # it was changed since, which an audit of the sources tells
        if kept and (how := likeness(own, shingles(kept.paragraphs))).derived:
            yield sha256, how


def _is_later(source: Source, day: dt.date | None) -> bool:
    """Whether the source was published after the text, which then is what it may derive from."""
    return day is not None and source_published(source).day > day


def _reprint(name: str, sha256: str, how: Likeness, *, is_later: bool) -> Relative:
    alike = f"{_percent(how.containment)} of the shorter text's words, {_percent(how.resemblance)} of both"
    if not name:
        return Relative("", "reprint", "", f"derives_from: it shares {alike}, with the kept text {sha256[:12]}…")
    if is_later:
        return Relative(
            name, "reprint", "", f"derives_from: {name}, which is later, may derive from it: shared are {alike}"
        )
    return Relative(name, "reprint", name, f"derives_from: taken for a reprint of {name}: shared are {alike}")


def _percent(share: float) -> str:
    return f"{int(share * 100)} %"


def _claiming(text: Text, sources: Mapping[str, Source]) -> Iterator[Relative]:
    """Sources of the same address, or of the same title and publisher, whose text is another one."""
    title, publisher = folded(text.title), folded(text.publisher)
    for name, source in sources.items():
        if source.sha256 == text.sha256:
            continue
        if text.url and source.url == text.url:
            yield Relative(name, "same address", "", f"url: {name} has the same address, and another text")
        elif publisher and (title, publisher) == (folded(source.title), folded(source.publisher or "")):
            yield Relative(name, "same title", "", f"title: {name} has the same title and publisher, and another text")


def related(draft: Draft, found: Sequence[Relative]) -> Draft:
    """A draft that says so, and derives from the likest of the sources that it is taken for a reprint of.

    Its own source, drafted and recorded before, is none of them.
    """
    origin = next((each.derives_from for each in found if each.derives_from not in {"", draft.source["id"]}), "")
    fields = {**draft.source, "derives_from": origin} if origin else draft.source
    return replace(draft, source=fields, remarks=(*(each.remark for each in found), *draft.remarks))
