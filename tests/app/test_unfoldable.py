"""A company whose events a reading cannot cope with is named, whatever was asked; nobody gets a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from timeline.errors import Unfoldable

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline import Timeline

READINGS: dict[str, Callable[[Timeline], object]] = {
    "show": lambda timeline: timeline.show("xiaomi", as_of="2026-01-09"),
    "why": lambda timeline: timeline.why("xiaomi", "buybacks.cumulative_shares"),
    "conflicts": lambda timeline: timeline.conflicts("xiaomi"),
    "diff": lambda timeline: timeline.diff("xiaomi", "2025-06-30", "2025-12-31"),
    "event": lambda timeline: timeline.event("7736f171"),
    "companies": lambda timeline: timeline.companies(as_recorded="100"),
}


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_that_cannot_cope_with_a_companys_events_names_it(
    shipped: Timeline, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    def broken(company: str, *_: object) -> NoReturn:
        message = f"no idea of {company}"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("timeline.app.fold.stream", broken)
    with pytest.raises(Unfoldable, match="ZeroDivisionError: no idea of") as raised:
        READINGS[reading](shipped)
    assert raised.value.exit_code == 1
