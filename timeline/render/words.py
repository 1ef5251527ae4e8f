"""Values as a person reads them: dates, numbers, ids, and whatever else stands in a cell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from timeline.render.typeset import cut, visible

if TYPE_CHECKING:
    from timeline.page import Basis
    from timeline.section import Column

PARTS = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"}
"""ISO 8601-2 codes of quarters and halves, in the place of the month."""

EVENT_ID = re.compile("[0-9a-f]{32}")
ID_DIGITS = 8
SOURCE_WIDTH = 24
GROUPED_FROM = 5
"""Numbers with fewer digits are left as they are: four may be a year."""

SCALES = ((Decimal(10**12), "tn"), (Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k"))


def when_words(edtf: str) -> str:
    """An EDTF text in words: `../2026-12-31` is "by 2026-12-31", `2025-35` "2025-Q3", `2026-01~` "about 2026-01"."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _single(edtf)
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


def short_number(value: Decimal) -> str:
    """A number in few characters, to two places: 550000 is "550k", 1071000000 is "1.07bn"."""
    size, mark = next((scale for scale in SCALES if abs(value) >= scale[0]), (Decimal(1), ""))
    return f"{plain(round(value / size, 2))}{mark}"


def plain(value: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{value:f}"
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


def ids_words(ids: list[str] | tuple[str, ...]) -> str:
    """The one id, or how many there are."""
    return str(len(ids)) if len(ids) > 1 else "".join(cut(id_words(item), SOURCE_WIDTH) for item in ids)


def cell_words(column: Column, value: Any) -> str:  # noqa: ANN401 - rows hold plain JSON of any kind
    """What stands in a column's cell."""
    if value is None:
        return ""
    match column.kind:
        case "number":
            return visible(number_words(str(value)))
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
