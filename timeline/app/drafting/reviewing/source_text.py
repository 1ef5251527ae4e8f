"""The text that a draft was made from: as it is named, as it was kept, or as it lies beside the draft."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.app.drafting.texts import kept_text
from timeline.errors import TimelineError
from timeline.paragraphs import LARGEST
from timeline.prose.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.prose.text import Text

_PLAIN = (".txt", ".text", ".md", "")
_EXTRACTED = (".html", ".htm", ".xhtml", ".pdf")
_MOST = 2_000
"""Files of a folder that are looked at; one with more is no folder of texts."""


def source_text(draft: str, sha256: str | None, named: str | None, folder: Path) -> Text | None:
    """The text of a draft's source; None where nobody has it.

    Args:
        draft: path of the draft.
        sha256: hash of the text as the draft states it; None where it states none.
        named: path of the text where a person named it; it is taken whatever its hash is.
        folder: of the texts that are kept beside the database.

    Raises:
        InvalidInput: the named text cannot be read.
    """
    if named is not None:
        return read_text(named)
    if sha256 is None:
        return None
    return _kept(folder, sha256) or next(_beside(Path(draft), sha256), None)


def _kept(folder: Path, sha256: str) -> Text | None:
    """None, too, where what is kept was changed or cannot be read: it may lie elsewhere as well."""
    try:
        return kept_text(folder, sha256)
    except TimelineError:
        return None


def _beside(draft: Path, sha256: str) -> Iterator[Text]:
    """Texts of this hash in the draft's folder, those of its own name first."""
    for path in _files(draft):
        try:
            if path.suffix.lower() in _PLAIN and _hash(path) != sha256:
                continue
            text = read_text(str(path))
        except (OSError, TimelineError, ImportError):
            continue
        if text.sha256 == sha256:
            yield text


def _files(draft: Path) -> Iterator[Path]:
    """Plain texts by any name; pages and PDFs, which take long to read, only by the draft's own."""
    try:
        names = sorted(path for path, _ in zip(draft.parent.iterdir(), range(_MOST), strict=False))
    except OSError:
        return
    stem = draft.name.partition(".")[0]
    own = [path for path in names if path.name.partition(".")[0] == stem]
    yield from (path for path in own if path.suffix.lower() in (*_PLAIN, *_EXTRACTED) and path.is_file())
    yield from (path for path in names if path not in own and path.suffix.lower() in _PLAIN and path.is_file())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.sha256(file.read(LARGEST)).hexdigest()
