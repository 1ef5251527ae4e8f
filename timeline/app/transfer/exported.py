"""The form of an export: JSON lines, the first saying what follows, then one event a line in the order of the log.

Light, as exporting reads no content. Whether lines are true is `timeline.app.transfer.soundness`'s to say, whether they
fit together `timeline.app.transfer.incoming`'s.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from timeline.event import Envelope
from timeline.store.log import Row

Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line.

    Attributes:
        schema: name and version of the form.
        size: number of lines that follow.
        root: of the Merkle tree over a whole log, in hex; None where the lines are a part of one.
        company: slug, where the part is all that the log holds of a company.
    """

    schema: Literal["timeline.export/1"]
    size: Count
    root: Hash | None
    company: str | None


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """An event: the columns of its envelope, then its content.

    Attributes:
        salt: of the commitment, in hex; None where the event was erased.
        body: exactly the text that was committed to; None where the event was erased.
    """

    position: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    id: Id
    company: str | None
    kind: str
    source: str | None
    key: str
    target: Id | None
    published: str | None
    recorded: str
    actor: str
    commitment: Hash
    salt: Hash | None
    body: str | None

    def row(self) -> Row:
        """The event as the log keeps it."""
        *columns, salt, body = msgspec.structs.astuple(self)
        return Row(Envelope(*columns), salt and bytes.fromhex(salt), None if body is None else body.encode())


def head_text(size: int, root: str | None, company: str | None) -> str:
    """The first line."""
    return _text(Head(schema="timeline.export/1", size=size, root=root, company=company))


def line_text(row: Row) -> str:
    """An event's line."""
    salt, body = row.salt, row.body
    return _text(Line(*row.envelope, salt.hex() if salt else None, None if body is None else body.decode()))


def read_head(data: bytes) -> Head:
    """The first line's meaning.

    Raises:
        ValueError, RecursionError: it is no such line.
    """
    return _HEAD.decode(data)


def read_line(data: bytes) -> Line:
    """An event's line's meaning.

    Raises:
        ValueError, RecursionError: it is no such line.
    """
    return _LINE.decode(data)


def _text(line: Struct) -> str:
    return msgspec.json.encode(line).decode() + "\n"


_HEAD = msgspec.json.Decoder(Head)
_LINE = msgspec.json.Decoder(Line)
