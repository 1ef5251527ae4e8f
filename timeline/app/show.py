"""Showing a company: from its read models when they are current, else folded from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fingerprint import fingerprint
from timeline.app.names import find_company, nearest
from timeline.errors import NotFound
from timeline.page import Basis, Page
from timeline.store import models
from timeline.store.layouts import read_layouts
from timeline.store.log import Reader
from timeline.store.parts import section_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from timeline.section import Layout, Section

Part = tuple["Layout", "Section"]


def show(connection: Connection, company: str, topic: str | None, as_of: str | None, as_recorded: str | None) -> Page:
    """The page of a company, or the part of it that one topic has.

    Raises:
        NotFound: no such company, or no such topic.
        InvalidInput: a clock's text is no moment.
        Unverified: a read model is not what it was when it was written.
    """
    slug = find_company(connection, company)
    asked = basis(Reader(connection).head(), as_of, as_recorded)
    parts = sections(connection, slug, asked)
    if topic is not None and topic not in [layout.topic for layout, _ in parts]:
        raise NotFound("topic", topic, nearest(topic, [layout.topic for layout, _ in parts]))
    return page(slug, asked, parts, topic)


def sections(connection: Connection, slug: str, asked: Basis) -> list[Part]:
    """Layout and section of every topic, in the order of the page."""
    if asked.as_of is None and asked.as_recorded is None:
        stored = _current(connection, slug)
        if stored is not None:
            return stored
    return _folded(connection, slug, asked)


def page(slug: str, asked: Basis, parts: Sequence[Part], topic: str | None = None) -> Page:
    """The page made of a company's sections; its head comes from the profile, whichever topic is shown."""
    profile = next((section for _, section in parts if section.topic == "profile"), None)
    fields = profile.fields if profile else {}
    identifiers = profile.tables.get("identifiers", ()) if profile else ()
    return Page(
        slug=slug,
        name=fields.get("name") or slug,
        basis=asked,
        identifiers=tuple(row["shown"] for row in identifiers if row["scheme"] == "ticker" and not row.get("last")),
        fiscal_year_end=fields.get("fiscal_year_end") or "",
        known_to=max((section.known_to for _, section in parts), default=""),
        parts=tuple((layout, section) for layout, section in parts if _wanted(section, topic)),
    )


def _wanted(section: Section, topic: str | None) -> bool:
    return section.topic == topic if topic else not section.empty


def _current(connection: Connection, slug: str) -> list[Part] | None:
    """The stored sections; None when they were made by other code, or before the company's last event."""
    stored = models.read(connection, slug)
    last = Reader(connection).head(slug)
    if not stored or any(model.version != fingerprint() or model.position < last for model in stored):
        return None
    by_topic = {model.topic: model for model in stored}
    layouts = read_layouts(connection)
    return [
        (layout, section_of(topic, by_topic[topic].items)) for topic, layout in layouts.items() if topic in by_topic
    ]


def _folded(connection: Connection, slug: str, asked: Basis) -> list[Part]:
    from timeline.app.fold import fold
    from timeline.catalog import catalog

    _, found = fold(Reader(connection), slug, clock(asked.as_of, asked.as_recorded))
    layouts = {topic.name: topic.layout for topic in catalog().topics}
    return [(layouts[section.topic], section) for section in found]
