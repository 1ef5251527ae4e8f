"""What a person asks of a screen."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

By = Literal["shares", "value", "percent"]

TAKES: Final[dict[str, tuple[str, ...]]] = {
    "targets": ("raised", "cut", "since", "metric"),
    "guidance": ("since", "metric"),
    "misses": ("beats", "since", "metric"),
    "buybacks": ("since", "by", "currency"),
    "overdue": ("today",),
    "firsts": ("since", "metric"),
    "charges": ("since", "currency"),
}
"""The screens, and which parts of a question each goes by besides `sort` and `limit`."""


class Question(Struct, frozen=True, kw_only=True):
    """The choices of a screen, as typed.

    Attributes:
        since: a day; only what was said, bought or due for the first time on it or later, or may have been.
        metric: name of the only metric.
        raised: only targets that were raised.
        cut: only targets that were cut; with `raised` both.
        beats: outcomes above the last target in the place of those below.
        by: what buybacks are ordered by.
        currency: the only currency, as ISO 4217 has it.
        today: day against which promises are overdue; None for that of the clock, else today.
        sort: name of a column to order by, with `-` before it for the largest first; None for the screen's own order.
        limit: the most rows; None for all.
    """

    since: str | None = None
    metric: str | None = None
    raised: bool = False
    cut: bool = False
    beats: bool = False
    by: By | None = None
    currency: str | None = None
    today: str | None = None
    sort: str | None = None
    limit: int | None = None

    @property
    def made(self) -> tuple[str, ...]:
        """The choices that were made, besides `sort` and `limit`."""
        return tuple(name for name in self.__struct_fields__ if name not in {"sort", "limit"} and getattr(self, name))
