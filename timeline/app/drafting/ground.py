"""What is known of a text when its facts are drafted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct


class Ground(Struct, frozen=True):
    """What facts are drafted on.

    Attributes:
        source: id of the source.
        kind: its kind.
        currency: what it means by a bare "$".
        published: the day of publication.
        company: slug of the company that the text is about.
        year_end: month and day on which its fiscal year ends; None where that is not known.
        names: of companies by slug, as the text or the register has them.
    """

    source: str
    kind: str
    currency: str
    published: dt.date
    company: str
    year_end: tuple[int, int] | None = None
    names: Mapping[str, str] = {}
