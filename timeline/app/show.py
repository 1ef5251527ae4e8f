"""Showing a company: from its read models when they are current, else folded from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fingerprint import fingerprint
from timeline.app.names import company_asked, nearest
from timeline.errors import NotFound
from timeline.page import Basis, Page
from timeline.section import UNREADABLE, Finding
from timeline.store import models, names
from timeline.store.layouts import read_layouts
from timeline.store.log import Reader
from timeline.store.parts import section_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from timeline.errors import Unfoldable
    from timeline.section import Layout, Row, Section

Part = tuple["Layout", "Section"]


def show(connection: Connection, company: str, topic: str | None, as_of: str | None, as_recorded: str | None) -> Page:
    """The page of a company, or the part of it that one topic has.

    Raises:
        NotFound: no such company, or no such topic.
        InvalidInput: a clock's text is no moment.
        Unverified: a read model is not what it was when it was written.
        Unfoldable: the program cannot cope with the company's events.
    """
    asked = basis(Reader(connection).head(), as_of, as_recorded)
    slug = company_asked(connection, company, asked)
    parts = sections(connection, slug, asked)
    known = [layout.topic for layout, _ in parts]
    if topic is not None and topic not in known:
        raise NotFound("topic", topic, nearest(topic, known), f"there are: {', '.join(known)}")
    return page(slug, asked, parts, topic)


def sections(connection: Connection, slug: str, asked: Basis) -> list[Part]:
    """Layout and section of every topic, in the order of the page."""
    if asked.as_of is None and asked.as_recorded is None:
        stored = _current(connection, slug)
        if stored is not None:
            return stored
    return _folded(connection, slug, asked)


def error_told(error: Unfoldable) -> Finding:
    """What is told of a company that nothing can be told of, in an answer about several."""
    return Finding("company-stopped", "error", error.message, topic=error.topic, company=error.company)


def stopped(section: Section, company: str = "") -> Finding:
    """What is told of a topic that is stopped; the company is named where no page or field does."""
    what = f"{company}: {section.problem}" if company else section.problem
    return Finding("topic-stopped", "error", what, topic=section.topic)


def page(slug: str, asked: Basis, parts: Sequence[Part], topic: str | None = None) -> Page:
    """The page made of a company's sections; its head comes from the profile, whichever topic is shown.

    Of names and tickers, the head has those of the day that is asked about.
    """
    profile = next((section for _, section in parts if section.topic == "profile"), None)
    fields = profile.fields if profile else {}
    called = [row["name"] for row in _valid(profile, "names", asked)]
    tickers = [row["shown"] for row in _valid(profile, "identifiers", asked) if row["scheme"] == "ticker"]
    return Page(
        slug=slug,
        name=called[-1] if called else fields.get("name") or slug,
        basis=asked,
        identifiers=tuple(tickers),
        fiscal_year_end=fields.get("fiscal_year_end") or "",
        known_to=max((section.known_to for _, section in parts), default=""),
        parts=tuple((layout, section) for layout, section in parts if _wanted(section, topic)),
    )


def _valid(profile: Section | None, table: str, asked: Basis) -> list[Row]:
    """The rows of names or identifiers that hold on the day asked about, the current name last."""
    rows = profile.tables.get(table, ()) if profile else ()
    day = asked.today
    return [row for row in rows if (row["first"] or "") <= day <= (row["last"] or day)]


def _wanted(section: Section, topic: str | None) -> bool:
    if topic is None or section.topic == UNREADABLE:
        return not section.empty
    return section.topic == topic


def _current(connection: Connection, slug: str) -> list[Part] | None:
    """The stored sections; None when they were made by other code, before the company's last event, or not all."""
    stored = models.read(connection, slug)
    last = max(Reader(connection).head(member) for member in names.members(connection, slug))
    if not stored or any(model.version != fingerprint() or model.position < last for model in stored):
        return None
    by_topic = {model.topic: model for model in stored}
    layouts = read_layouts(connection)
    if layouts.keys() != by_topic.keys():
        return None
    return [(layout, section_of(topic, by_topic[topic].items)) for topic, layout in layouts.items()]


def _folded(connection: Connection, slug: str, asked: Basis) -> list[Part]:
    from timeline.app.erased import with_gaps
    from timeline.app.fold import fold
    from timeline.catalog import catalog

    visible, told = fold(Reader(connection), slug, clock(asked.as_of, asked.as_recorded))
    found = told.sections
    if asked.as_of is not None or asked.as_recorded is not None:
        found = with_gaps(visible, found)
    layouts = {topic.name: topic.layout for topic in catalog().topics}
    return [(layouts[section.topic], section) for section in found]
