"""What sources, files and typed words say may not act on the terminal that shows it.

The database holds, in every text that an event has, characters that move the cursor, colour or hide text, turn a line
round, break it, or cannot be seen. A fixture may not hold all of them, so they come by an export: whoever writes one
can put anything into it.
"""

import io
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.fake import Ended
from timeline import Timeline
from timeline.cli import main
from timeline.cli.output import write_data
from timeline.event import canonical_json, commitment, event_id
from timeline.render.typeset import visible

Run = Callable[..., Ended]

MARK = "HOSTILE"
FIXTURE = """\
schema: timeline/source/1
source: {id: acme-news, kind: news, publisher: HOSTILE Wire, title: HOSTILE buys, language: en, published: "2026-01-09T09:46:04+01:00", url: "https://example.com/HOSTILE"}
defaults: {company: acme, said_by: HOSTILE speaker}
facts:
  - {key: HOSTILE name, kind: company.registered, occurred: 2026-01-08, name: HOSTILE Motors, legal_form: HOSTILE form}
  - {key: HOSTILE alias, kind: company.identified, occurred: 2026-01-08, scheme: alias, value: HOSTILE Cars}
  - {key: HOSTILE bought, kind: buyback.executed, occurred: {when: 2026-01-08, wording: HOSTILE lately}, shares: 5 million, value: about HKD 190.6 million, at: {paragraph: 3, quote: HOSTILE quote}}
  - {key: HOSTILE target, kind: target.set, occurred: 2026-01-08, metric: HOSTILE deliveries, period: 2025, value: "550,000 HOSTILE", action: initial, condition: HOSTILE condition, segment: HOSTILE segment}
  - {key: HOSTILE result, kind: result.reported, occurred: 2026-01-08, metric: HOSTILE deliveries, period: 2025, value: "410,000 HOSTILE", segment: HOSTILE segment}
  - {key: HOSTILE result 2, kind: result.reported, occurred: 2026-01-08, metric: HOSTILE revenue, period: 2025, value: "HKD 5 million", basis: HOSTILE basis}
  - {key: HOSTILE said, kind: statement.made, occurred: 2026-01-08, category: strategy, text: HOSTILE text}
  - {key: HOSTILE staged, kind: product.staged, occurred: 2026-01-08, product: HOSTILE A7, stage: launch, certainty: planned, due: 2026-04, region: HOSTILE region}
  - {key: HOSTILE planned, kind: investment.planned, occurred: 2026-01-08, amount: RMB 5 billion, purpose: HOSTILE purpose, period: 2026}
"""  # noqa: E501
SIGNS = (
    *("\x1b[31m", "\x1b]0;title\x07", "\r", "\n", "\t", "\b", "\x7f", "\x9b2J", "\x85", "\x00", "\x1bc"),
    *("\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u061c", "\u200b", "\u2060", "\ufeff", "\u00ad"),
    *(
        "\u200d",
        "\u200c",
        "\u2028",
        "\u2029",
        "\u3164",
        "\u115f",
        "\u034f",
        "\ufe0f",
        "\u2800",
        "\U000e0041",
        "\U000e0100",
    ),
)
READING = (
    ("show", "acme"),
    ("show", "acme", "--width", "40", "--color", "never"),
    ("events",),
    ("events", "acme"),
    ("audit",),
    ("audit", "figures"),
    ("audit", "sources"),
    ("audit", "targets", "acme"),
    ("audit", "log"),
    ("upcoming",),
    ("search", "hostile"),
    ("search", "motors", "deliveries"),
    *(("screen", name) for name in ("targets", "guidance", "misses", "buybacks", "overdue", "firsts", "charges")),
    ("diff", "acme", "2025-01-01", "2026-12-31"),
    ("conflicts",),
    ("companies",),
    ("sources",),
    ("checkpoint",),
)


def hostile(lines: str, start: int) -> Iterator[str]:
    """A part of an export, with other signs at each mark: ids and commitments are right all the same."""
    signs = itertools.cycle([*SIGNS[start:], *SIGNS[:start]])

    def marked(value: Any) -> Any:  # noqa: ANN401  plain JSON
        match value:
            case str():
                return "".join(part if part != MARK else f"{next(signs)}x" for part in cut(value))
            case list():
                return [marked(item) for item in value]
            case dict():
                return {name: marked(item) for name, item in value.items()}
            case _:
                return value

    def cut(text: str) -> Iterator[str]:
        for number, part in enumerate(text.split(MARK)):
            yield from (MARK, part) if number else (part,)

    names: dict[str, str] = {}
    head, *events = map(json.loads, lines.splitlines())
    yield json.dumps(head)
    for event in events:
        body = canonical_json(marked(json.loads(event["body"])))
        source = event["source"] and names.setdefault(event["source"], marked(MARK + event["source"]))
        key = marked(event["key"])
        told = {"source": source, "key": key, "id": event_id(source, key), "actor": marked(f"{MARK} actor")}
        told |= {"body": body.decode(), "commitment": commitment(bytes.fromhex(event["salt"]), body)}
        yield json.dumps(event | told)


@pytest.fixture(scope="module", params=range(0, len(SIGNS), 8))
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "acme.yaml").write_text(FIXTURE)
    Timeline.open(folder / "harmless.db").load([str(folder / "acme.yaml")])
    export = "".join(Timeline.open(folder / "harmless.db").export("acme"))
    (folder / "export").write_text("".join(f"{line}\n" for line in hostile(export, request.param)))
    Timeline.open(folder / "hostile.db").import_([str(folder / "export")])
    return folder / "hostile.db"


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.setenv("NO_COLOR", "1")

    def ended(*arguments: str) -> Ended:
        code = main(["--db", str(database), *arguments])
        sys.stdout.flush()
        out, err = (stream.decode() for stream in capfdbinary.readouterr())
        return Ended(code, out, err)

    return ended


def acting(text: str) -> list[str]:
    """Lines that would act on a terminal, or hide something from who reads it."""
    return [line for line in text.split("\n") if visible(line) != line]


def test_no_answer_acts_on_the_terminal(run: Run, database: Path) -> None:
    events = [row["id"] for row in Timeline.open(database).events().rows]
    asked = [
        *READING,
        *(("event", event) for event in events),
        *(("why", "acme", topic) for topic in ("buybacks", "targets", "results")),
    ]
    for words in asked:
        ended = run(*words)
        assert acting(ended.out) == [], words
        assert acting(ended.err) == [], words
        assert ended.code in {0, 1, 3}, (words, ended.err)


def test_the_hostile_texts_are_there_to_be_shown(run: Run) -> None:
    assert "x Motors" in run("companies").out
    assert "x A7" in run("show", "acme", "--width", "200").out
    rows = map(json.loads, run("events", "--jsonl").out.split("\n")[:-1])
    assert any(acting(text) for row in rows for text in row.values() if isinstance(text, str))


@pytest.mark.parametrize("sign", SIGNS)
def test_no_message_acts_on_the_terminal(
    sign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    name = f"a{sign.replace(chr(0), '')}.yaml"
    Path(name).write_text(
        f"schema: timeline/source/1\nsource: {{id: {sign!r}{sign}}}\nfacts: [{sign}, {{kind: {sign}}}]\n"
    )
    Path("table.csv").write_text(f"{sign}day,shares\n2026,{sign}5\n")
    Path("map.yaml").write_text(
        "schema: timeline/table/1\nsource: {id: a, kind: news, title: t, published: 2026-02-01, zone: UTC}\n"
        'facts:\n  - {kind: buyback.executed, key: "{day}", company: acme, occurred: "{day}", shares: "{shares}"}\n'
    )
    wrong = (
        ("load", name),
        ("load", f"{sign}none"),
        ("import", name),
        ("import", "sec-companyfacts", name),
        ("import", "table", "table.csv", "--map", "map.yaml", "--dry-run"),
        ("check-proof", name),
        ("show", sign),
        ("show", "--as-of", sign, "acme"),
        ("event", sign),
        ("events", "--kind", sign),
        ("search", f"{sign}a"),
        ("add", f"buyback{sign}", "acme"),
        ("add", "buyback.executed", "acme", f"shares{sign}=5{sign}"),
        ("audit", sign),
        (f"sho{sign}",),
        ("show", f"--{sign}"),
    )
    for words in (words for words in wrong if "\0" not in "".join(words)):  # no command line can hold one
        main(["--db", "hostile.db", *words])
        sys.stdout.flush()
        for stream in capfdbinary.readouterr():
            assert acting(stream.decode()) == [], words


def test_data_is_exact_in_a_file_and_harmless_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    for kind, written in ((io.TextIOWrapper, "a\x9b2J\u202eb\r\n"), (Screen, "a\\u009b2J\\u202eb\n")):
        buffer = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", kind(buffer, "utf-8", newline=""))
        write_data(["a\x9b2J\u202eb\r\n"])
        assert buffer.getvalue().decode() == written
