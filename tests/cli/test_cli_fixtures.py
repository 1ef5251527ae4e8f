"""The command line on the shipped facts: what a person reads, and what a person who errs is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

import timeline
from tests.cli.fake import Ended
from timeline.cli import main

ROOT = Path(timeline.__file__).parent.parent
Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped facts in a database."""
    path = tmp_path_factory.mktemp("shipped") / "facts.db"
    timeline.Timeline.open(path).load([str(ROOT / "fixtures")])
    return path


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command on them and see how it ends."""
    for name in ("NO_COLOR", "TERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)

    def ended(*arguments: str) -> Ended:
        code = main(["--db", str(database), *arguments])
        return Ended(code, *capfd.readouterr())

    return ended


def test_the_audit_of_xiaomis_targets_reads_as_a_history_in_110_columns(run: Run) -> None:
    lines = [line.removeprefix("    ") for line in run("audit", "targets", "xiaomi", "--width", "110").out.splitlines()]
    start = lines.index("metric         period  status")
    assert lines[start + 1 : start + 12] == [
        "EV deliveries  2025    met",
        "said           action     target  on the last  on the first  said by  published   event     sources",
        "by 2025-03-17  initial   300,000                             Lei Jun  2025-03-19  657a322d  topologypro +1",
        "2025-03-18     raised    350,000      +16.7 %       +16.7 %  Lei Jun  2025-03-19  cd94e374  topologypro",
        "2025-11-20     raised   >400,000     >+14.3 %      >+33.3 %           2025-11-20  f975471f  mitrade",
        "               outcome  >410,000                   >+36.7 %           2026-01-09  dd8be042  xiaomi",
        "mentions: 2025 · raised · published 2026-01-09 · event 54519ddf · xiaomi",
        "",
        "EV deliveries  2026    open",
        "said           action     target  on the last  on the first  said by  published   event     sources",
        "about 2026-01  initial   550,000                             Lei Jun  2026-01-09  3a0377ad  xiaomi",
    ]


def test_in_80_columns_the_evidence_stands_below_each_revision(run: Run) -> None:
    out = run("audit", "targets", "xiaomi").out
    assert (
        "    2025-03-18     raised    350,000    +16.7 %     +16.7 %  Lei Jun  2025-03-19\n"
        "        event cd94e374 · topologypro\n"
    ) in out


def test_the_page_ends_with_what_the_short_names_of_sources_stand_for(run: Run) -> None:
    assert run("show", "xiaomi").out.splitlines()[-2:] == [
        "ttmgoal      ttmgoal-2025-11-20-next-day-disclosure",
        "xiaomi       xiaomi-2026-strategy",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "xiaomy"), "error: no company called 'xiaomy'\nfix: did you mean xiaomi?\n"),
        (("show", "qqqq"), "error: no company called 'qqqq'\nfix: timeline companies lists them\n"),
        (("show", "xiaomi", "targts"), "error: no topic called 'targts'\nfix: did you mean targets or charges?\n"),
        (("event", "zz"), "error: no event called 'zz'\nfix: timeline events lists them\n"),
        (("events", "--kind", "target.st"), "error: no kind called 'target.st'\nfix: did you mean target.set"),
        (
            ("events", "--source", "xiaomi-2026"),
            "error: no source called 'xiaomi-2026'\nfix: did you mean xiaomi-2026-",
        ),
    ],
)
def test_a_name_that_is_not_known_ends_with_3_and_the_nearest(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (3, "")
    assert err.startswith(message)


def test_a_topic_that_is_like_none_ends_with_all_that_there_are(run: Run) -> None:
    assert "targets, results, buybacks, investments, products, market" in run("show", "xiaomi", "qqqq").err


def test_an_id_that_several_events_share_is_answered_with_theirs(run: Run) -> None:
    code, _, err = run("event", "65")
    assert (code, err) == (0, "")
    code, _, err = run("event", "6")
    assert code == 3
    assert err.startswith("error: no single event called '6'\nfix: did you mean 64b134341dd5, 657a322d13f2, ")


def companies(out: str) -> dict[str, str]:
    """Number of events by company."""
    lines = out.split("\n\n", maxsplit=1)[0].splitlines()[1:]
    return {line.split()[0]: line.split()[-1] for line in lines if not line.startswith(" ")}


def test_companies_are_those_of_the_log_as_far_as_it_was_recorded(run: Run) -> None:
    now = companies(run("companies", "--width", "200").out)
    assert now["xiaomi"] == "65"
    assert companies(run("companies", "--width", "200", "--as-recorded", "100").out) == now
    assert companies(run("companies", "--width", "200", "--as-recorded", "8").out) == {"xiaomi": "3"}


def test_companies_are_known_before_facts_of_them_are_published(run: Run) -> None:
    counted = companies(run("companies", "--width", "200", "--as-of", "2025-06-30").out)
    assert (counted["xiaomi"], counted["tesla"]) == ("12", "6")  # 6 of the article of March 2025, 6 of the register
    assert counted.keys() == companies(run("companies", "--width", "200").out).keys()


def test_sources_are_those_published_by_then_with_what_they_had_said(run: Run) -> None:
    out = run("sources", "--as-of", "2025-06-30", "--format", "csv").out
    rows = [line.split(",") for line in out.splitlines()[1:]]
    assert [row[1] for row in rows] == ["topologypro-2025-03-19-bloomberg-ev-target", "company-register"]
    assert "as of 2025-06-30" in run("sources", "--as-of", "2025-06-30").out


def test_a_database_that_is_not_there_ends_with_how_to_make_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(tmp_path / "none.db"), "show", "xiaomi"]) == 1
    assert "fix: load something first: timeline load PATH, or try it out: timeline demo\n" in capfd.readouterr().err
