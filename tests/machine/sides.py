"""The program and the oracle side by side: what both are told, and what both are asked."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.machine import answers, oracle
from tests.machine.database import START, Database, Now, compared, part
from tests.machine.oracle import Asked, identity_of
from tests.machine.strategies import COMPANIES, KINDS, REASONS, said
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.machine.oracle import Record, Said

Json = dict[str, Any]

REGISTER = {"kind": "reference", "title": "Register", "published": "2024-01-01+00:00"}
LINK = ("kind", "reason", "scope", "said")
reasons = st.sampled_from(REASONS)


class Sides(RuleBasedStateMachine):
    """The program and the oracle side by side."""

    def __init__(self) -> None:
        super().__init__()
        Now.moment = START
        self.database = Database()
        self.records: list[Record] = []
        self.asked: list[tuple[str, dict[str, str], Json]] = []
        self.keys = 0
        self.load(
            "register",
            REGISTER,
            [
                {"kind": "company.registered", "company": slug, "occurred": "2024-01-01", "name": slug.title()}
                for slug in COMPANIES
            ],
        )

    # --- what the oracle knows ---------------------------------------------------------------------------------------

    def note(self, source: str | None, key: str, kind: str, **more: Any) -> None:  # noqa: ANN401 - of a record
        """Put a record on the list."""
        record = {"company": None, "target": None, **more, "id": identity_of(source, key), "source": source, "key": key}
        place = {"position": len(self.records) + 1, "recorded": Now.moment.isoformat()}
        heads = {} if key == "@source" else oracle.sources(self.records)
        logged = heads[source]["published"] if source in heads else None
        self.records.append({**record, "kind": kind, "logged": logged, **place})

    def reported(self, *, holding: bool | None = None) -> list[Record]:
        """The facts that sources other than the register report."""
        told = [
            each for each in self.records if each["target"] is None and each["source"] != "register" and each["company"]
        ]
        return [each for each in told if holding is None or self.chain(each).holds == holding]

    def chain(self, fact: Record) -> oracle.Chain:
        return oracle.chain(fact, self.records)

    def head(self, fact: Record) -> str:
        """What the next link has to speak of."""
        links = self.chain(fact).links
        head: str = (links[-1] if links else fact)["id"]
        return head

    def sources(self) -> list[str]:
        return [
            each["source"]
            for each in self.records
            if each["kind"] == "source.recorded" and each["source"] != "register"
        ]

    def document(self, source: str, changed: Mapping[str, Said | None] | None = None, head: Said | None = None) -> Json:
        """The fixture of a source as it stands, with some facts changed (None: left out)."""
        told = {
            each["key"]: each
            for each in self.records
            if each["source"] == source and each["company"] and not each["target"]
        }
        contents = {key: self._fact(each, self.chain(each).said) for key, each in told.items()}
        for key, content in (changed or {}).items():
            contents[key] = self._fact(told.get(key, {}), content) if content else {}
        source_head = head or oracle.sources(self.records)[source]
        listed = [{"key": key, **content} for key, content in contents.items() if content]
        return {"schema": "timeline/source/1", "source": {"id": source, **source_head}, "facts": listed}

    def _fact(self, record: Record, content: Said) -> Said:
        about: Said = {name: record[name] for name in ("kind", "company") if name in record}
        return {**about, **content}

    # --- steps -------------------------------------------------------------------------------------------------------

    def load(self, source: str, head: Said, told: Sequence[Said]) -> None:
        """Load new facts of a source, which may be new itself."""
        is_new = source not in {each["source"] for each in self.records}
        fresh = {f"k{self.keys + number}": fact for number, fact in enumerate(told)}
        self.keys += len(told)
        document = self.document(source, fresh, head)
        report = self.database.timeline.load(self.database.written([document]))
        assert report.events_new == len(told)
        if is_new:
            self.note(source, "@source", "source.recorded", said=head)
        for key, fact in fresh.items():
            content = {name: text for name, text in fact.items() if name not in ("kind", "company")}
            self.note(source, key, fact["kind"], company=fact["company"], said=content)
        assert report.position == len(self.records)

    def some_link(self, fact: Record, data: st.DataObject, source: str | None) -> Json:
        """A correction or a retraction."""
        content = self.another(fact, data) if data.draw(st.booleans()) else None
        kind = "event.corrected" if content else "event.retracted"
        return {"kind": kind, "reason": data.draw(reasons), "scope": None, "said": content, "source": source}

    def take(self, lines: list[str], links: list[Json], head: str, company: str) -> None:
        """What comes from elsewhere is put beside what is here, unless both stand at one address and differ."""
        mine, its = links
        if mine["source"] == its["source"] and mine != its:
            with pytest.raises(InvalidInput):
                self.database.take(lines)
        else:
            self.database.take(lines)
            if mine["source"] != its["source"]:
                self.note(
                    its["source"],
                    head,
                    company=company,
                    target=head,
                    **{name: its[name] for name in LINK},
                )
        assert self.database.head() == len(self.records)

    def either(self, lawful: bool, act: Callable[[], object], noted: Callable[[], None]) -> None:  # noqa: FBT001 - of two calls
        """Do what is lawful and note it; what is not is refused, and writes nothing."""
        if lawful:
            act()
            noted()
        else:
            with pytest.raises(InvalidInput):
                act()
        assert self.database.head() == len(self.records)

    def link(self, fact: Record, kind: str, reason: str, source: str | None = None, **more: Any) -> None:  # noqa: ANN401
        head = self.head(fact)
        more = {"scope": None, **more}
        self.note(source, head, kind, company=fact["company"], target=head, reason=reason, **more)

    def another(self, fact: Record, data: st.DataObject) -> Said | None:
        """A content unlike that which stands; None for a fact that the machine does not change."""
        if fact["kind"] not in KINDS:
            return None
        content = data.draw(said(fact["kind"]))
        return None if content == self.chain(fact).said else content

    def named(self, source: int | None) -> str | None:
        return None if source is None else chosen(self.sources(), source)

    # --- questions ---------------------------------------------------------------------------------------------------

    def ask(self, question: tuple[str, Asked]) -> None:
        """Ask the program and the oracle, of the moment asked for and of now."""
        company, asked = question
        recorded = asked.as_recorded
        if isinstance(recorded, int):
            recorded = max(len(self.records) + 1 + recorded, len(COMPANIES) + 1)
        asked = Asked(asked.as_of, recorded)
        clocks = {name: str(value) for name, value in asked._asdict().items() if value is not None}
        page = self.database.page(company, **clocks)
        assert compared(page) == answers.expected(self.records, self.one(company, asked), asked)
        one = self.one(company, asked)
        visible = [each["id"] for each in oracle.visible(self.records, asked) if each["company"] in one]
        assert self.database.ids(company, **clocks) == visible
        if self.settled(asked):
            self.asked.append((company, clocks, page))
        stored = self.database.page(company)
        assert stored == self.database.page(company, as_recorded=str(len(self.records)))
        assert compared(stored) == answers.expected(self.records, self.one(company, Asked()), Asked())

    def one(self, company: str, asked: Asked) -> set[str]:
        """The companies that are one with it."""
        return oracle.one_with(company, self.records, asked)

    def settled(self, asked: Asked) -> bool:
        """Whether nothing that is recorded later can change the answer."""
        if isinstance(asked.as_recorded, int):
            return True
        return (
            asked.as_recorded is not None
            and oracle.instant(f"{asked.as_recorded}+00:00" if "T" not in asked.as_recorded else asked.as_recorded)
            < Now.moment
        )

    def teardown(self) -> None:
        try:
            self.an_earlier_answer_stands()
            self.an_export_is_the_same_log()
            self.any_order_gives_the_same_pages()
        finally:
            self.database.close()

    def an_export_is_the_same_log(self) -> None:
        lines = self.database.lines()
        assert len(lines) == len(self.records) + 1
        with closing(Database()) as other:
            other.take(lines)
            assert other.lines() == lines
            for company in COMPANIES:
                assert other.page(company) == self.database.page(company)

    def any_order_gives_the_same_pages(self) -> None:
        head, *lines = self.database.lines()
        chance = random.Random(len(lines))  # noqa: S311 - for a shuffle
        chance.shuffle(lines)
        with closing(Database()) as other:
            while lines:
                size = chance.randint(1, len(lines))
                other.take(part(head, lines[:size]))
                lines = lines[size:]
            for company in COMPANIES:
                assert other.page(company) == self.database.page(company)

    def an_earlier_answer_stands(self) -> None:
        for company, clocks, page in self.asked[:10]:
            assert self.database.page(company, **clocks) == page


def revise(database: Database, fact: Record, before: Said, link: Json) -> None:
    """Carry out a correction or a retraction."""
    grounds = {"reason": link["reason"], "source": link["source"]}
    if link["said"]:
        database.timeline.correct(fact["id"], words(before, link["said"]), **grounds)
    else:
        database.timeline.retract(fact["id"], **grounds)


def words(before: Said, after: Said) -> list[str]:
    """What to type to make one content the other."""
    return [f"{name}={after.get(name, '')}" for name in {**before, **after} if before.get(name) != after.get(name)]


def chosen(among: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - one of them
    return among[number % len(among)]
