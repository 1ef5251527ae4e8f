"""The commands that are killed, each with the database that it finds; a new one is one more entry of `TRIALS`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.event import event_id

if TYPE_CHECKING:
    from tests.crash.nursery import Nursery

WORD = "Zyzzyva"
"""A word of the content that is erased, and of nothing else."""

_DUMPS = Path(__file__).parents[1] / "store" / "databases"
_DATABASE = "facts.db"


class Trial(NamedTuple):
    """A command, and what it finds.

    Attributes:
        name: for people.
        before: commands that make the database, or an SQL dump of it, from `Place.files`, or functions of
            `tests.crash.look` that change it; none for no database.
        command: what is typed, `{…}` standing for files, `{db}` for the database.
        gone: a text that is in no file of the database once the command has succeeded.
        copy: name of a file that is a whole copy of the database whenever it is there.
        output: name of a file that is what the command leaves left alone whenever it is there.
        whole: the database is wholly what it was or wholly what the command makes of it, never a beginning of it.
    """

    name: str
    before: tuple[str, ...]
    command: str
    gone: str = ""
    copy: str = ""
    output: str = ""
    whole: bool = False


TRIALS = (
    Trial("first load", (), "load {register} {wire}"),
    Trial("load", ("load {register}",), "load {register} {wire} {more}"),
    Trial("load of corrections", ("load {register} {wire} {more}",), "load {corrected} --correct we-erred"),
    Trial(
        "add",
        ("load {register} {wire}",),
        "add buyback.executed acme occurred=2025-03-20 shares=3000 --source wire --yes",
    ),
    Trial("correct", ("load {register} {wire}",), "correct {bought} shares=6000000 --reason source-erred --yes"),
    Trial("retract", ("load {register} {wire}",), "retract {bought} --reason source-erred --yes"),
    Trial("erase", ("load {register} {wire} {secret}",), "erase {told} --reason legal --yes", gone=WORD),
    Trial(
        "erase beside a killed backup",
        ("load {register} {wire} {secret}", "look:leave_copy"),
        "erase {told} --reason legal --yes",
        gone=WORD,
    ),
    Trial("restore of an export", (), "import {export}"),
    Trial("merge of an export", ("load {register} {secret}",), "import {export}"),
    Trial("import of a table", ("load {register}",), "import table {table} --map {map}"),
    Trial("import of company facts", (), "import sec-companyfacts {facts}"),
    Trial("rebuild", ("load {register} {wire} {more}", "import table {table} --map {map}"), "rebuild --jobs 1 --all"),
    Trial("rebuild by two processes", ("load {register} {wire} {more}",), "rebuild --jobs 2 --all"),
    Trial("backup", ("load {register} {wire} {more}",), "backup {backup}", copy="{backup}"),
    Trial("restore into nothing", (), "restore {late}", whole=True),
    Trial("restore of a later state", ("restore {early}",), "restore {late} --force", whole=True),
    Trial(
        "restore of an earlier state", ("restore {late}",), "restore {early} --force --discard", gone=WORD, whole=True
    ),
    Trial("restore of another log", ("load {register} {more}",), "restore {late} --force --discard", whole=True),
    Trial("restore of revision 0001 into nothing", (), "restore {old}", whole=True),
    Trial("restore of revision 0001", ("load {register} {more}",), "restore {old} --force --discard", whole=True),
    Trial("restore over larger pages", ("restore {early}", "look:resize_pages"), "restore {late} --force", whole=True),
    Trial("restore over a wreck", ("restore {early}", "look:wreck"), "restore {late} --force --discard", whole=True),
    Trial("copy into nothing", (), "copy {late} {db} --jobs 1"),
    Trial("copy onto a beginning", ("restore {early}",), "copy {late} {db} --jobs 1", gone=WORD),
    Trial("export to a file", ("restore {late}",), "export --output {output}", output="{output}", whole=True),
    Trial(
        "checkpoint to a file",
        ("restore {late}",),
        "checkpoint --all --json --output {output}",
        output="{output}",
        whole=True,
    ),
    Trial("doctor", ("restore {late}",), "doctor --full", whole=True),
    Trial("upgrade from 0001", ("{from_0001}",), "rebuild --jobs 1"),
    Trial("upgrade from 0002", ("{from_0002}",), "rebuild --jobs 1"),
)
SLOW = frozenset(("rebuild by two processes",))
"""Trials that start processes of their own."""


class Place:
    """A folder with the input of all trials and, by trial, the database that its command finds."""

    def __init__(self, folder: Path, nursery: Nursery) -> None:
        self.files = _written(folder)
        self._folder = folder
        self._nursery = nursery
        self._export()
        self._keep()

    def words(self, command: str, database: Path | str = "") -> list[str]:
        """The words of a command, with the paths of the input and of a database."""
        return [word.format(**self.files, db=database) for word in command.split()]

    def prepared(self, trial: Trial) -> Path:
        """The folder with the database that a trial's command finds, made once."""
        folder = self._folder / "before" / trial.name.replace(" ", "-")
        if not folder.exists():
            folder.mkdir(parents=True)
            for command in trial.before:
                self._make(command, folder / _DATABASE)
        return folder

    def _make(self, command: str, database: Path) -> None:
        words = self.words(command)
        if words[0].endswith(".sql"):
            self._nursery.call("tests.crash.look:restore_dump", words[0], str(database))
            return
        if words[0].startswith("look:"):
            self._nursery.call(f"tests.crash.{words[0]}", str(database))
            return
        ended = self._nursery.run("--db", str(database), *words)
        assert ended.code == 0, ended.err

    def _export(self) -> None:
        database, export = self._folder / "elsewhere.db", self._folder / "export.jsonl"
        self._make("load {register} {wire} {more}", database)
        self._make("retract {bought} --reason source-erred --yes", database)
        ended = self._nursery.run("--db", str(database), "export", "--output", str(export))
        assert ended.code == 0, ended.err
        self.files["export"] = str(export)

    def _keep(self) -> None:
        """Backups of one log, the later one without content that the earlier one has; and one of an old revision."""
        database = self._folder / "kept.db"
        self._make("load {register} {wire} {rival} {pair} {secret}", database)
        self._make("backup {early}", database)
        self._make("load {more}", database)
        self._make("load {rewired} --correct source-erred", database)
        self._make("load {merged}", database)
        self._make("erase {told} --reason legal --yes", database)
        self._make("backup {late}", database)
        self._make("{from_0001}", Path(self.files["old"]))


def database_in(folder: Path) -> Path:
    """The database of a folder."""
    return folder / _DATABASE


_HEAD = """\
schema: timeline/source/1
source: {{id: {0}, kind: news, title: Of {0}, published: 2025-03-19, zone: UTC, url: "https://{0}.test"}}
facts:
"""
_REGISTERED = "  - {{key: {0}, kind: company.registered, company: {0}, occurred: 2024-01-01, name: {1}}}\n"
_MERGED = "  - {{key: {0}-merged, kind: company.merged, company: {0}, occurred: 2025-03-18, into: {1}}}\n"
_BOUGHT = (
    "  - {{key: bought-{1}, kind: buyback.executed, company: {0}, occurred: 2025-03-{1:02}, shares: {2} million}}\n"
)
_CLOSED = """\
  - {{key: price-{1}, kind: price.observed, company: {0}, occurred: 2025-03-{1:02}, what: close, price: HKD {2}}}
"""
_STATED = (
    "  - {{key: told, kind: statement.made, company: acme, occurred: 2025-03-18, category: strategy, text: {0}}}\n"
)
_MAP = """\
schema: timeline/table/1
company: "{name}"
source: {id: "return-{day}", kind: filing, title: "Return of {day}", published: "{day}", zone: UTC}
register:
  name: "{name}"
  source: {id: returns, kind: reference, title: Returns, published: 2026-01-01, zone: UTC}
facts:
  - {kind: buyback.executed, key: "{name}", occurred: "{day}", shares: "{shares} shares"}
"""


def _written(folder: Path) -> dict[str, str]:
    """Write all input; its paths, and ids of events, by name."""
    register = _source("register", _REGISTERED.format("acme", "Acme"), _REGISTERED.format("globex", "Globex"))
    wire = _source("wire", _BOUGHT.format("acme", 2, 5), _CLOSED.format("acme", 3, 38))
    texts: dict[str, str] = {
        "register.yaml": register,
        "wire.yaml": wire,
        "rival.yaml": _source("rival", _CLOSED.format("acme", 3, 41)),
        "rewired.yaml": wire.replace("kind: news", "kind: filing"),
        "more.yaml": _source("more", *(_CLOSED.format("globex", day, day) for day in range(3, 12))),
        "pair.yaml": _source("pair", _REGISTERED.format("hooli", "Hooli"), _REGISTERED.format("nucleus", "Nucleus")),
        "merged.yaml": _source(
            "merged",
            _MERGED.format("nucleus", "hooli"),
            *(_CLOSED.format("nucleus", day, day) for day in range(3, 8)),
        ),
        "secret.yaml": _source("secret", _STATED.format(WORD)),
        "corrected.yaml": _source("more", *(_CLOSED.format("globex", day, day + day % 2) for day in range(3, 12))),
        "map.yaml": _MAP,
        "table.csv": _table(),
        "facts.json": json.dumps(_facts()),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = {name.partition(".")[0]: str(folder / name) for name in texts}
    dumps = {f"from_{file.stem}": str(file) for file in _DUMPS.glob("*.sql")}
    ids = {"bought": event_id("wire", "bought-2"), "told": event_id("secret", "told")}
    kept = {name: str(folder / f"{name}.db") for name in ("backup", "early", "late", "old")}
    return {**paths, **dumps, **ids, **kept, "output": str(folder / "output")}


def _source(name: str, *facts: str) -> str:
    return _HEAD.format(name) + "".join(facts)


def _table() -> str:
    rows = (f"{name},2026-01-{day:02},{day * 100}\n" for day in range(5, 10) for name in ("acme", "bolt", "core"))
    return "name,day,shares\n" + "".join(rows)


def _facts() -> dict[str, object]:
    """Of a company whose revenue was filed year by year."""
    years = range(2015, 2024)
    values = [
        {
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "val": year * 1000,
            "accn": f"0001045810-{year % 100}-000001",
            "fy": year,
            "fp": "FY",
            "form": "10-K",
            "filed": f"{year + 1}-02-20",
        }
        for year in years
    ]
    revenues = {"label": None, "description": None, "units": {"USD": values}}
    return {"cik": 1045810, "entityName": "NVIDIA CORP", "facts": {"us-gaap": {"Revenues": revenues}}}
