"""Pages, listings and audits as JSON and JSON lines, for programs.

The shapes are contracts: names once given keep their meaning, everything declared is present (null, or an empty list)
unless it is optional, decimals and dates are texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Audit, Basis, Listing, Listings, Page
    from timeline.render.answers import Detailed
    from timeline.section import Column, Layout, Row, Section

Json = dict[str, Any]


def page_json(page: Page) -> Json:
    """`timeline.show/1`."""
    return {"schema": "timeline.show/1", "company": _company(page), **_clocks(page.basis), "sections": _sections(page)}


def listing_json(listing: Listing) -> Json:
    """The listing's own schema; the rows stand under the table's name."""
    document = {"schema": listing.schema, **_clocks(listing.basis), "today": listing.basis.today}
    document[listing.table.name] = [row_json(listing.table.columns, row) for row in listing.rows]
    if listing.findings:
        document["findings"] = _plain(listing.findings)
    return document


def listings_json(listings: Listings) -> Json:
    """The listings' own schema; each table's rows stand under its name."""
    document: Json = {"schema": listings.schema}
    if listings.slug:
        document["company"] = {"slug": listings.slug, "name": listings.name}
    if listings.since:
        document |= {"from": _clocks(listings.since), "to": _clocks(listings.basis)}
    else:
        document |= _clocks(listings.basis)
    for table, rows in listings.parts:
        document[table.name] = [row_json(table.columns, row) for row in rows]
    return document | {"findings": _plain(listings.findings)}


def audit_json(audit: Audit) -> Json:
    """`timeline.audit/1`: the targets company by company, every rule with how often it was applied, all findings."""
    companies = [{**_company(page), "sections": _sections(page)} for page in audit.parts]
    return {
        "schema": audit.schema,
        **_clocks(audit.basis),
        "today": audit.basis.today,
        "audits": list(audit.audits),
        "companies": companies,
        "rules": _plain(audit.checked),
        "findings": _plain(audit.findings),
    }


def detail_json(detail: Detailed) -> Json:
    """`timeline.event/1`: the event's row of the log, what opens its commitment, and what else speaks of the same."""
    return {
        "schema": "timeline.event/1",
        **_clocks(detail.basis),
        "envelope": dict(detail.envelope),
        "salt": detail.salt,
        "body": detail.body and dict(detail.body),
        "chain": list(detail.chain),
        "reports": list(detail.reports),
        "problem": detail.problem or None,
    }


def _company(page: Page) -> Json:
    return {"slug": page.slug, "name": page.name}


def _clocks(basis: Basis) -> Json:
    return {"as_of": basis.as_of, "as_recorded": basis.as_recorded, "position": basis.position}


def _sections(page: Page) -> Json:
    return {layout.topic: section_json(layout, section) for layout, section in page.parts}


def section_json(layout: Layout, section: Section) -> Json:
    """Fields and tables side by side; promises, findings and the reason of a stop only where there are any."""
    document = row_json(layout.fields, section.fields)
    for table in layout.tables:
        document[table.name] = [row_json(table.columns, row) for row in section.tables.get(table.name, ())]
    for name in ("promises", "findings"):
        if values := getattr(section, name):
            document[name] = _plain(values)
    if section.problem:
        document["problem"] = section.problem
    return document


def row_json(columns: Sequence[Column], row: Row) -> Json:
    """A row with every declared column, nested rows likewise; what a row holds beyond its declaration is kept.

    An optional column is there only where it says something.
    """
    return {
        **{column.name: _value(column, row) for column in columns if says(column, row)},
        **{name: row[name] for name in row.keys() - _names(columns)},
    }


def says(column: Column, row: Row) -> bool:
    """Whether data formats hold the column for this row."""
    return not column.optional or row.get(column.name) is not None


def _names(columns: Sequence[Column]) -> set[str]:
    return {column.name for column in columns}


def _value(column: Column, row: Row) -> Any:  # noqa: ANN401 - plain JSON of any kind
    many = column.kind in {"rows", "ids"}
    match row.get(column.name, [] if many else None):
        case list() | tuple() as inner if column.kind == "rows":
            return [row_json(column.columns, item) for item in inner]
        case dict() as inner if column.kind == "rows":
            return row_json(column.columns, inner)
        case value:
            return value


def _plain(structures: Iterable[msgspec.Struct]) -> list[Json]:
    """Structures with all their fields; a company only where one is named."""
    return [
        {name: _deep(value) for name in item.__struct_fields__ if (value := getattr(item, name)) or name != "company"}
        for item in structures
    ]


def _deep(value: object) -> object:
    return _plain(value) if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct) else value


def json_text(document: Json) -> Iterator[str]:
    """The document indented for people, a list's item a line each, so that it streams and compares well."""
    yield "{"
    for number, (name, value) in enumerate(document.items()):
        yield f"{',' if number else ''}\n  {_encoded(name)}: "
        if isinstance(value, list) and value:
            yield from _items(value)
        else:
            yield msgspec.json.format(_encoded(value), indent=2).replace("\n", "\n  ")
    yield "\n}\n"


def _items(values: list[Any]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield f"{',' if number else '['}\n    {_encoded(value)}"
    yield "\n  ]"


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()


def pretty(document: Json) -> str:
    """Any document indented for people."""
    return msgspec.json.format(_encoded(document), indent=2) + "\n"


def line(row: Row) -> str:
    """A row as a line of JSON."""
    return _encoded(row) + "\n"


def listing_lines(listing: Listing) -> Iterator[str]:
    """A line of JSON a row."""
    for row in listing.rows:
        yield _encoded(row_json(listing.table.columns, row)) + "\n"


def listings_lines(listings: Listings) -> Iterator[str]:
    """A line of JSON a row, each with the name of its table."""
    for table, rows in listings.parts:
        yield from (_encoded({"table": table.name, **row_json(table.columns, row)}) + "\n" for row in rows)
    yield from (_encoded({"table": "findings", **row}) + "\n" for row in _plain(listings.findings))


def page_lines(page: Page) -> Iterator[str]:
    """A line of JSON a row, each with its company, section and table.

    The section's single values stand in a line of table "fields"; so do promises, findings and a stop's reason.
    """
    for layout, section in page.parts:
        for name, rows in section_rows(layout, section):
            yield from (
                _encoded({"company": page.slug, "section": layout.topic, "table": name, **row}) + "\n" for row in rows
            )


def audit_lines(audit: Audit) -> Iterator[str]:
    """The rows of the targets company by company, then the rules, then the findings, a line each."""
    for page in audit.parts:
        yield from page_lines(page)
    for name, structures in (("rules", audit.checked), ("findings", audit.findings)):
        yield from (_encoded({"table": name, **row}) + "\n" for row in _plain(structures))


def detail_lines(detail: Detailed) -> Iterator[str]:
    """The one document in one line."""
    yield _encoded(detail_json(detail)) + "\n"


def section_rows(layout: Layout, section: Section) -> Iterator[tuple[str, list[Json]]]:
    """The section as named lists of rows."""
    document = section_json(layout, section)
    yield "fields", [{column.name: document[column.name] for column in layout.fields}] if section.fields else []
    for name in [*(table.name for table in layout.tables), "promises", "findings"]:
        yield name, document.get(name, [])
    yield "problem", [{"problem": section.problem}] if section.problem else []
