"""The program as the machine uses it: one database, written and read through the facade at a time of our own."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
import yaml

from timeline import Timeline
from timeline.app.transfer.export import export
from timeline.app.transfer.imports import import_
from timeline.render.data import page_json
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from timeline.page import Page

Json = dict[str, Any]

START = datetime.fromisoformat("2025-03-01T00:00:00+00:00")


class Now(datetime):
    """A clock that stands still until it is moved."""

    moment: ClassVar[datetime] = START

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain time does as well
        return cls.moment.astimezone(tz)

    @classmethod
    def pass_by(cls, hours: int) -> None:
        """Let time go by."""
        cls.moment += timedelta(hours=hours)


class Database:
    """A database in a folder of its own."""

    def __init__(self, content: bytes | None = None) -> None:
        self._folder = TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.path = self.folder / "facts.db"
        self.path.write_bytes(content or _empty())
        self.timeline = Timeline.open(self.path)

    def twin(self) -> Database:
        """Another one with the same content."""
        return Database(self.path.read_bytes())

    def close(self) -> None:
        """Throw it away."""
        self._folder.cleanup()

    def written(self, fixtures: Sequence[Json]) -> list[str]:
        """Files with these fixtures."""
        paths = [self.folder / f"{number}.yaml" for number in range(len(fixtures))]
        for path, tree in zip(paths, fixtures, strict=True):
            path.write_text(yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return [str(path) for path in paths]

    def head(self) -> int:
        """The log's last position."""
        return self.timeline.companies().basis.position

    def ids(self, company: str, **clocks: str) -> list[str]:
        """Ids of the visible events of a company, in the order of the log."""
        return [row["id"] for row in self.timeline.events(company, **clocks).rows]

    def page(self, company: str, **clocks: str) -> Json:
        """What `show --json` says of a company, without the question."""
        return _answer(self.timeline.show(company, **clocks))

    def lines(self) -> list[str]:
        """The whole log as an export."""
        with closing(open_reader(self.path)) as connection, snapshot(connection):
            return list(export(connection, None))

    def take(self, lines: Iterable[str]) -> None:
        """Import an export."""
        path = self.folder / "lines.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        import_(self.path, [str(path)])


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        open_writer(path).close()
        return path.read_bytes()


def part(head: str, lines: Iterable[str]) -> list[str]:
    """Some events of an export, as an export of their own, which keeps the order of the log."""
    ordered = sorted(lines, key=lambda line: msgspec.json.decode(line)["position"])
    document = {**msgspec.json.decode(head), "size": len(ordered), "root": None}
    return [msgspec.json.encode(document).decode() + "\n", *ordered]


def _answer(page: Page) -> Json:
    document = msgspec.json.decode(msgspec.json.encode(page_json(page)))
    return {
        name: value for name, value in document.items() if name not in ("as_of", "as_recorded", "position", "today")
    }


class _Plain(yaml.SafeDumper):
    """Writes out what stands twice, as fixtures take no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def compared(page: Json) -> Json:
    """The part of a page that the oracle recomputes, in the oracle's form."""
    sections = page["sections"]
    buybacks, targets = sections.get("buybacks", {}), sections.get("targets", {}).get("targets", ())
    return {
        "buybacks": {
            "programmes": [
                {
                    "mandate": row["mandate"],
                    "shares": _numbers(row["shares_low"], row["shares_high"]),
                    "totals": [_bought(each) for each in row["totals"]],
                }
                for row in buybacks.get("programmes", ())
            ],
            "cumulative": _numbers(buybacks.get("cumulative_low"), buybacks.get("cumulative_high")),
            "executions": [_bought(row) for row in buybacks.get("executions", ())],
            "apart": [{"fits": row["fits"], **_evidence(row)} for row in buybacks.get("apart", ())],
        },
        "splits": [
            {**{name: row[name] for name in ("ratio", "share_class", "ex_day")}, **_evidence(row)}
            for row in sections.get("capital", {}).get("changes", ())
        ],
        "targets": [_target(row) for row in targets],
        "products": [
            {"product": row["product"], "milestones": [_milestone(each) for each in row["milestones"]]}
            for row in sections.get("products", {}).get("products", ())
        ],
        "results": sorted((_result(row) for row in sections.get("results", {}).get("results", ())), key=str),
    }


def _bought(row: Json) -> Json:
    """Shares as printed, and the one number that they are in today's, where that is another."""
    printed, today = [row["shares_low"], row["shares_high"]], _numbers(row.get("shares_adjusted"))
    return {"shares": printed, "today": today, **_evidence(row)}


def _numbers(*texts: str | None) -> list[Decimal | None]:
    return [None if text is None else Decimal(text) for text in texts]


def _evidence(row: Json) -> Json:
    return {"event": row["event"], "sources": row["sources"]}


def _target(row: Json) -> Json:
    outcome = row["outcome"]
    return {
        "subject": [row["metric"], row["period_last"], row["period_first"]],
        "revisions": [{"value": [each["low"], each["high"]], **_evidence(each)} for each in row["revisions"]],
        "mentions": [_evidence(each) for each in row["mentions"]],
        "outcome": outcome and {"value": [outcome["low"], outcome["high"]], **_evidence(outcome)},
    }


def _milestone(row: Json) -> Json:
    names = ("stage", "when", "certainty", "first_planned", "slipped")
    return {**{name: row[name] for name in names}, "statements": len(row["statements"]), **_evidence(row)}


def _result(row: Json) -> Json:
    reports = len(row["reports"]) or 1
    return {
        "value": [row["value_low"], row["value_high"]],
        "counts": row["counts"],
        "reports": reports,
        **_evidence(row),
    }
