"""A company is found by whatever it goes by, and what is not found is never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.errors import NotFound

if TYPE_CHECKING:
    from timeline import Timeline

XIAOMI = (
    "xiaomi",
    "Xiaomi Corporation",
    "xiaomi corporation",
    "Xiaomi",
    "XIAOMI",
    "小米集团",
    "小米集團",
    "1810.HK",
    "1810.hk",
    "01810",
    "1810",
    "01810.HK",
    "1810 HK",
    "1810 HK Equity",
    "XHKG:1810",
    "HKG:1810",
    "KYG9830T1067",
    "kyg9830t1067",
    "\uff11\uff18\uff11\uff10.HK",  # in the wide digits of a Chinese keyboard
)
OTHERS = {
    "GM": "general-motors",
    "GM.N": "general-motors",
    "54930070NSV60J38I987": "general-motors",
    "1467858": "general-motors",
    "F": "ford",
    "NYSE:F": "ford",
    "TSLA US Equity": "tesla",
    "Tesla, Inc.": "tesla",
    "002594": "byd",
    "1211.HK": "byd",
    "比亚迪": "byd",
    "Daiwa": "daiwa",
}


@pytest.mark.parametrize("name", XIAOMI)
def test_xiaomi_goes_by_slug_name_alias_ticker_and_isin_in_any_spelling(shipped: Timeline, name: str) -> None:
    assert shipped.show(name).slug == "xiaomi"


@pytest.mark.parametrize(("name", "slug"), OTHERS.items())
def test_others_go_by_theirs(shipped: Timeline, name: str, slug: str) -> None:
    assert shipped.show(name).slug == slug


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("xiaomy", "xiaomi"), ("Xiaomi Corp", "xiaomi"), ("general motor", "general-motors"), ("tesle", "tesla")],
)
def test_what_is_not_found_is_suggested_and_not_taken(shipped: Timeline, name: str, suggested: str) -> None:
    for ask in (shipped.show, shipped.events, shipped.audit, shipped.upcoming):
        with pytest.raises(NotFound) as missing:
            ask(name)
        assert missing.value.suggestions[0] == suggested
        assert (missing.value.message, missing.value.exit_code) == (f"no company called {name!r}", 3)
        assert missing.value.fix.startswith(f"did you mean {suggested}")


@pytest.mark.parametrize("name", ["", " ", "?", "9999.HK", "%", "_", "'; DROP TABLE event --", "x" * 10_000])
def test_what_resembles_nothing_is_not_found_and_nothing_is_suggested(shipped: Timeline, name: str) -> None:
    with pytest.raises(NotFound) as missing:
        shipped.show(name)
    assert missing.value.suggestions == ()
    assert missing.value.fix


def test_other_things_that_are_not_there_are_suggested_too(shipped: Timeline) -> None:
    with pytest.raises(NotFound, match="no topic called 'buyback'") as missing:
        shipped.show("xiaomi", "buyback")
    assert missing.value.suggestions[0] == "buybacks"
    with pytest.raises(NotFound, match=r"no kind called 'buyback\.exceuted'") as missing:
        shipped.events(kind="buyback.exceuted")
    assert missing.value.suggestions[0] == "buyback.executed"
    with pytest.raises(NotFound, match="no source called 'xiaomi-2026-strategi'") as missing:
        shipped.events(source="xiaomi-2026-strategi")
    assert missing.value.suggestions[0] == "xiaomi-2026-strategy"


def test_an_event_is_found_by_as_much_of_its_id_as_no_other_shares(shipped: Timeline) -> None:
    assert shipped.event("3994a9cd").envelope["key"] == "buyback-2026-01-08"
    assert shipped.event("3994A9CD870B15BF9C606F17504E81E6").envelope["kind"] == "buyback.executed"
    for prefix in ("", "3", "zzz", "3994a9cd870b15bf9c606f17504e81e60"):
        with pytest.raises(NotFound):
            shipped.event(prefix)


def test_shells_complete_by_slug_and_name_and_never_fail(shipped: Timeline) -> None:
    assert shipped.complete_companies("x") == [("xiaomi", "Xiaomi Corporation")]
    assert shipped.complete_companies("Gen") == [("general-motors", "General Motors Company")]
    assert len(shipped.complete_companies("")) == 6
    assert type(shipped)("/nowhere/at/all.db").complete_companies("x") == []
