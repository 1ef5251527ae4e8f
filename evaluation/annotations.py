"""The annotations to measure by, each with its text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.auditing.texts import Texts
from timeline.app.drafting.marked import Material
from timeline.errors import InvalidInput
from timeline.intake import fixture
from timeline.paragraphs import paragraphs
from timeline.prose.text import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.intake.fixture import Batch
    from timeline.prose.text import Text
    from timeline.record import Source

HOME: Final = Path(__file__).parent
SHIPPED: Final = HOME.parent / "fixtures"
SETS: Final[Mapping[str, Path]] = {"tuning": HOME / "tuning", "unseen": HOME / "unseen"}
SEED: Final = SHIPPED / "xiaomi" / "2026-01-09-2026-strategy.yaml"
"""The annotation that everything was tuned by from the start; it counts among those to tune by."""

REGISTERS: Final = (HOME / "companies.yaml", SHIPPED / "companies.yaml")
"""The companies that whoever drafts knows."""


class Annotation(NamedTuple):
    """What a text really says.

    Attributes:
        name: of its file; of its source where the file has several.
        material: its facts, and the text.
    """

    name: str
    material: Material


class Found(NamedTuple):
    """What there is to measure by.

    Attributes:
        annotations: with their texts, in the order in which they were named.
        missing: names of those whose text is not in the folder, the seed's aside.
    """

    annotations: tuple[Annotation, ...]
    missing: tuple[str, ...]


def shipped(only: str | None) -> list[str]:
    """Paths of the project's own annotations; of one set alone where it is named."""
    paths = [path for name, path in SETS.items() if only in (None, name)]
    return [str(path) for path in ([SEED, *paths] if only != "unseen" else paths)]


def annotated(paths: Sequence[str], folder: str) -> Found:
    """The annotations below paths whose texts are in a folder, found by their hashes.

    Raises:
        InvalidInput: an annotation has mistakes, a text cannot be read, or there is no such path.
    """
    batch = fixture.read(paths)
    if batch.problems:
        raise InvalidInput(batch.problems)
    texts, found, missing = Texts(folder), list[Annotation](), list[str]()
    for source, recorded, name in _named(batch):
        text = _text(source, recorded, texts)
        if text is not None:
            found.append(Annotation(name, _material(source, recorded, batch, text)))
        elif name != SEED.stem:
            missing.append(name)
    return Found(tuple(found), tuple(missing))


def _named(batch: Batch) -> list[tuple[str, Source, str]]:
    """Sources that have facts of a text, each with the name of its annotation."""
    files = Counter(place.file for _, _, place in batch.sources)
    return [
        (source, recorded, Path(place.file).stem if files[place.file] == 1 else source)
        for source, recorded, place in batch.sources
        if recorded.sha256
    ]


def _text(source: str, recorded: Source, texts: Texts) -> Text | None:
    """The text of that very hash, as drafts are made of it."""
    file = texts.of(source, recorded.sha256)
    if file is None or file.problem or file.sha256 != recorded.sha256:
        return None
    return text_of(file.data, file.path)


def _material(source: str, recorded: Source, batch: Batch, text: Text) -> Material:
    reports = [report for report in batch.reports if report.source == source]
    lines = paragraphs("\n".join(text.paragraphs))
    return Material(source, recorded, reports, batch.left_out.get(source, ()), text, lines)
