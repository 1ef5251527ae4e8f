"""Values as a person reads them: dates, numbers, ids, and whatever else stands in a cell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from timeline.render.typeset import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.page import Basis
    from timeline.section import Column

PARTS = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"}
"""ISO 8601-2 codes of quarters and halves, in the place of the month."""

EVENT_ID = re.compile("[0-9a-f]{32}")
ID_DIGITS = 8
SOURCE_WIDTH = 24
NEGATIVE = re.compile(r"(?<!\w)-(?=[.\d])")
DAY = len("2026-01-08")
GROUPED_FROM = 5
"""Numbers with fewer digits are left as they are: four may be a year."""

SCALES = ((Decimal(10**12), "tn"), (Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k"))

HEDGES = (
    ("about ", "~"),
    ("approximately ", "~"),
    ("around ", "~"),
    ("over ", ">"),
    ("more than ", ">"),
    ("> ", ">"),
    ("at least ", "≥"),
    ("under ", "<"),
    ("less than ", "<"),
    ("< ", "<"),
    ("at most ", "≤"),
)
"""Words that open a printed figure, and the sign that says the same."""

BILLION, MILLION = len("1000000000"), "000000"
LARGE = ((" million", "m"), (" billion", "bn"), (" trillion", "tn"))


def when_words(edtf: str) -> str:
    """An EDTF text in words: `../2026-12-31` is "by 2026-12-31", `2025-35` "2025-Q3", `2026-01~` "about 2026-01".

    Of the time and zone of a publication only the day is told.
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return edtf[:DAY] if edtf[DAY : DAY + 1] in set("T+-Z") else _single(edtf)
    if start in {"", ".."}:
        return f"by {_single(end)}"
    if end in {"", ".."}:
        return f"from {_single(start)}"
    dash = "–" if len(start) == len(end) == len("2026") else " – "
    return f"{_single(start)}{dash}{_single(end)}"


def _single(edtf: str) -> str:
    plain = edtf.rstrip("~?%")
    marks = edtf[len(plain) :]
    year, _, part = plain.rpartition("-")
    words = f"{year}-{PARTS[part]}" if part in PARTS and len(year) == len("2026") else plain
    about = "about " if "~" in marks or "%" in marks else ""
    return f"{about}{words}{'?' if '?' in marks or '%' in marks else ''}"


def due_words(edtf: str) -> str:
    """A promise's window in few words: an interval that ends with a month only names the month."""
    words = when_words(edtf)
    try:
        day = date.fromisoformat(words.removeprefix("by "))
    except ValueError:
        return words
    ends_month = (day + timedelta(days=1)).day == 1
    return words[: -len("-31")] if ends_month and words.startswith("by ") else words


def number_words(text: str) -> str:
    """A decimal text with its thousands grouped: "162000000" is "162,000,000"; other texts stay as they are."""
    whole, point, fraction = text.partition(".")
    digits = whole.lstrip("+-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) < GROUPED_FROM:
        return text
    return f"{whole[: -len(digits)]}{int(digits):,}{point}{fraction}"


def amount_words(text: str) -> str:
    """A decimal text for a table: billions of whole millions are short, "40000000000" is "40bn"."""
    digits = text.lstrip("+-")
    if digits.isascii() and digits.isdigit() and len(digits) >= BILLION and digits.endswith(MILLION):
        return short_number(Decimal(text), places=3)
    return signed(number_words(text))


def figure_words(printed: str, heading: str = "") -> str:
    """A printed figure in fewer characters: "about HKD 190.6 million" is "~HKD 190.6m".

    A conversion in brackets, and a unit that the heading names, are left out.
    """
    text = printed
    if text.endswith(")") and " (" in text:
        text = text[: text.rindex(" (")]
    for words, sign in HEDGES:
        if text.startswith(words):
            text = sign + text[len(words) :]
            break
    for words, sign in LARGE:
        text = text.replace(words, sign)
    number, space, unit = text.rpartition(" ")
    return signed(number if space and unit in heading.split() else text)


def signed(text: str) -> str:
    """With a true minus before negative numbers, as wide as the plus."""
    return NEGATIVE.sub("−", text)


def short_number(value: Decimal, places: int = 2) -> str:
    """A number in few characters, to some places: 550000 is "550k", 1071000000 is "1.07bn"."""
    size, mark = next((scale for scale in SCALES if abs(value) >= scale[0]), (Decimal(1), ""))
    return signed(f"{_bare(f'{value / size:.{places}f}')}{mark}")


def plain(value: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    return _bare(f"{value:f}")


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal(text: str) -> Decimal | None:
    """The number that a text is, None where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def id_words(text: str) -> str:
    """An event's id short enough to sit in a table and long enough to be used; other ids as they are."""
    return text[:ID_DIGITS] if EVENT_ID.fullmatch(text) else visible(text)


def ids_words(ids: Sequence[str]) -> str:
    """The first id, and how many more there are."""
    if not ids:
        return ""
    first = cut(id_words(ids[0]), SOURCE_WIDTH)
    return f"{first} +{len(ids) - 1}" if len(ids) > 1 else first


def cell_words(column: Column, value: Any) -> str:  # noqa: ANN401 - rows hold plain JSON of any kind
    """What stands in a column's cell; a flag only where it is raised."""
    match column.kind:
        case _ if value is None or (column.kind == "flag" and not value):
            return ""
        case "number":
            return visible(amount_words(str(value)))
        case "figure":
            return visible(figure_words(str(value), column.heading))
        case "when":
            return visible(when_words(str(value)))
        case "id":
            return cut(id_words(str(value)), SOURCE_WIDTH)
        case "ids" if isinstance(value, (list, tuple)):
            return ids_words(value)
        case _:
            return visible(text_words(value))


def text_words(value: Any) -> str:  # noqa: ANN401 - as above
    """Plain JSON in a line."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "; ".join(text_words(item) for item in value)
        case dict():
            return ", ".join(
                f"{name.replace('_', ' ')} {text}" for name, item in value.items() if (text := text_words(item))
            )
        case _:
            return str(value)


def clock_words(basis: Basis) -> list[str]:
    """The clocks that were asked for; empty for all that is known and recorded."""
    asked = (("as of", basis.as_of), ("as recorded", basis.as_recorded))
    return [f"{name} {visible(value)}" for name, value in asked if value]


def span_words(since: Basis, basis: Basis) -> list[str]:
    """The clocks of two bases that are compared, each told once."""
    clocks = (
        ("published", "as of", since.as_of, basis.as_of),
        ("recorded", "as recorded", since.as_recorded, basis.as_recorded),
    )
    return [
        visible(f"{same} {end}" if start == end else f"{passing} from {start} to {end}")
        for passing, same, start, end in clocks
        if end
    ]
