"""The tables as SQLModel declares them, for Alembic to compare with and for SQLAlchemy to write through.

Importing this is slow, so reading commands do not. `table=True` validates nothing: what is written is checked before it
comes here. Triggers stand in `schema`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


def _text(*, primary_key: bool = False) -> Any:  # noqa: ANN401 - SQLModel types `Field` so
    return Field(primary_key=primary_key, sa_type=Text)


def _number(*, primary_key: bool = False, foreign_key: str | None = None) -> Any:  # noqa: ANN401 - likewise
    column = {"autoincrement": False} if primary_key else {}
    if foreign_key is None:
        return Field(primary_key=primary_key, sa_type=Integer, sa_column_kwargs=column)
    return Field(primary_key=primary_key, foreign_key=foreign_key, sa_type=Integer, sa_column_kwargs=column)


class EventRow(SQLModel, table=True):
    """One row of the log: the columns of `timeline.event.Envelope`."""

    __tablename__ = "event"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("id", name="event_id"),
        Index("event_company", "company", "position"),
        Index(
            "event_target",
            "target",
            sqlite_where=text("target IS NOT NULL"),
            postgresql_where=text("target IS NOT NULL"),
        ),
        Index("event_source", "source", "position"),
        Index(
            "event_merger",
            "position",
            sqlite_where=text("kind = 'company.merged'"),
            postgresql_where=text("kind = 'company.merged'"),
        ),
    )

    position: int = _number(primary_key=True)
    id: str = _text()
    company: str | None = _text()
    kind: str = _text()
    source: str | None = _text()
    key: str = _text()
    target: str | None = _text()
    published: str | None = _text()
    recorded: str = _text()
    actor: str = _text()
    commitment: str = _text()


class BodyRow(SQLModel, table=True):
    """An event's content; the row is gone where the event was erased.

    Attributes:
        position: the event's.
        salt: 32 random bytes, so that a commitment cannot be matched with guessed content.
        body: canonical JSON, as text so that SQL can look inside.
    """

    __tablename__ = "body"

    position: int = _number(primary_key=True, foreign_key="event.position")
    salt: bytes = Field(sa_type=LargeBinary)
    body: str = _text()


class CheckpointRow(SQLModel, table=True):
    """The log's root hash after a load.

    Attributes:
        size: number of events.
        root: root hash of the Merkle tree over them, in hex.
        frontier: what is needed to extend the tree, see `timeline.proof.merkle.Frontier`.
        text: the C2SP checkpoint.
        recorded: time of the load, as in the events.
    """

    __tablename__ = "checkpoint"

    size: int = _number(primary_key=True)
    root: str = _text()
    frontier: bytes = Field(sa_type=LargeBinary)
    text: str = _text()
    recorded: str = _text()


class TreeNodeRow(SQLModel, table=True):
    """A complete subtree of the log's Merkle tree, see `timeline.proof.merkle.Node`: made from the events, for proofs.

    Attributes:
        level: 8, 16, 24 and so on; the subtree is over 2^level events.
        number: from 0; the subtree ends at position (number + 1) * 2^level.
        hash: its root, 32 bytes.
    """

    __tablename__ = "tree_node"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)

    level: int = _number(primary_key=True)
    number: int = _number(primary_key=True)
    hash: bytes = Field(sa_type=LargeBinary)


class ReadModelRow(SQLModel, table=True):
    """A stored section of a company.

    Attributes:
        company: slug.
        topic: name.
        version: of the topic's projection.
        position: the log's position that it covers.
        digest: over its items, in hex.
    """

    __tablename__ = "read_model"

    company: str = _text(primary_key=True)
    topic: str = _text(primary_key=True)
    version: str = _text()
    position: int = _number()
    digest: str = _text()


class ReadItemRow(SQLModel, table=True):
    """A part of a stored section, so that an append rewrites only what it changed.

    Attributes:
        company: slug.
        topic: name.
        partition: of the company's facts, see `timeline.event.Payload.partition`.
        part: "fields", "table:<name>" or another part of a section.
        seq: place within the part of the partition, from 0.
        data: JSON.
    """

    __tablename__ = "read_item"
    __table_args__: ClassVar[Any] = (
        Index(
            "read_item_promise",
            "company",
            "topic",
            "partition",
            "seq",
            sqlite_where=text("part = 'promises'"),
            postgresql_where=text("part = 'promises'"),
        ),
        {"sqlite_with_rowid": False},
    )

    company: str = _text(primary_key=True)
    topic: str = _text(primary_key=True)
    partition: str = _text(primary_key=True)
    part: str = _text(primary_key=True)
    seq: int = _number(primary_key=True)
    data: str = _text()


class PartitionRow(SQLModel, table=True):
    """The events that a partition of a company's facts is folded from, so that an append need not look for them.

    Attributes:
        company: slug; there are none of a company that can only be folded whole.
        name: see `timeline.event.Payload.partition`.
        data: `timeline.store.partitions.Kept` as JSON.
        digest: over company, name and data, in hex.
    """

    __tablename__ = "partition"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)

    company: str = _text(primary_key=True)
    name: str = _text(primary_key=True)
    data: str = _text()
    digest: str = _text()


class LayoutRow(SQLModel, table=True):
    """What a topic declared when its read models were stored; the SQL views are made from it.

    Attributes:
        topic: name.
        version: of the topic's projection.
        data: `timeline.section.Layout` as JSON.
    """

    __tablename__ = "layout"

    topic: str = _text(primary_key=True)
    version: str = _text()
    data: str = _text()


class CompanyNameRow(SQLModel, table=True):
    """A name or identifier by which a company is found.

    Attributes:
        company: slug.
        scheme: sort of name.
        value: as registered.
        folded: as compared with what a person types.
        first: first day of its validity, ISO; "" when open.
        last: last day of its validity, ISO; "" when open.
    """

    __tablename__ = "company_name"
    __table_args__: ClassVar[Any] = (Index("company_name_folded", "folded"),)

    company: str = _text(primary_key=True)
    scheme: str = _text(primary_key=True)
    value: str = _text(primary_key=True)
    folded: str = _text(primary_key=True)
    first: str = _text(primary_key=True)
    last: str = _text()


class WordIndexRow(SQLModel, table=True):
    """How far the index of words reaches, which stands beside as table `words`, see `timeline.store.words`; one row.

    Attributes:
        version: of the rules by which an event's words were found.
        position: the last one whose words are in the index.
    """

    __tablename__ = "word_index"

    version: str = _text(primary_key=True)
    position: int = _number()


class SourceMarkRow(SQLModel, table=True):
    """What no two sources may share: the hash of a text, or an address.

    Attributes:
        mark: hash or address.
        source: id of the source that has it.
    """

    __tablename__ = "source_mark"

    mark: str = _text(primary_key=True)
    source: str = _text()
