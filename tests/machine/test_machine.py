"""A database under random treatment answers as a list does that is filtered and folded anew for each question.

Reports arrive late, vaguely and from several sources, are corrected, retracted and reinstated, by commands and by
edited fixtures; companies are merged; shares are split; parts of the log come from elsewhere. After every step some
question on both clocks is asked of the program and of the oracle. At the end, earlier answers stand, an export is the
same log, and any order of arrival gives the same pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.machine import oracle
from tests.machine.database import Now
from tests.machine.oracle import Asked, identity_of
from tests.machine.sides import LINK, Sides, chosen, reasons, revise, words
from tests.machine.strategies import facts, facts_of, heads, questions
from timeline.app import load
from timeline.app.transfer import imports
from timeline.errors import InvalidInput
from timeline.store import writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.oracle import Said
    from timeline.record import Reason

numbers = st.integers(0, 10**6)
"""Chooses among what is there, whose number changes."""


class Machine(Sides):
    """The steps."""

    @initialize(head=heads(), told=st.lists(facts(), min_size=1, max_size=4))
    def first(self, head: Said, told: list[Said]) -> None:
        self.load("s0", head, told)

    @rule(head=heads(), told=st.lists(facts(), min_size=1, max_size=4), hours=st.integers(1, 90), question=questions())
    def a_new_source_reports(self, head: Said, told: list[Said], hours: int, question: tuple[str, Asked]) -> None:
        Now.pass_by(hours)
        self.load(f"s{len(self.sources())}", head, told)
        self.ask(question)

    @rule(
        number=numbers, told=st.lists(facts(), min_size=1, max_size=2), hours=st.integers(0, 90), question=questions()
    )
    def a_source_reports_more(self, number: int, told: list[Said], hours: int, question: tuple[str, Asked]) -> None:
        Now.pass_by(hours)
        source = chosen(self.sources(), number)
        self.load(source, oracle.sources(self.records)[source], told)
        self.ask(question)

    @rule(
        number=numbers,
        head=st.none() | heads(),
        told=facts_of("capital.changed"),
        hours=st.integers(0, 90),
        question=questions(),
    )
    def the_shares_are_split(
        self, number: int, head: Said | None, told: Said, hours: int, question: tuple[str, Asked]
    ) -> None:
        Now.pass_by(hours)
        if head:
            self.load(f"s{len(self.sources())}", head, [told])
        else:
            source = chosen(self.sources(), number)
            self.load(source, oracle.sources(self.records)[source], [told])
        self.ask(question)

    @rule(number=numbers, source=numbers, question=questions())
    def another_source_repeats_a_report(self, number: int, source: int, question: tuple[str, Asked]) -> None:
        fact = chosen(self.reported(), number)
        name = chosen(self.sources(), source)
        told = {"kind": fact["kind"], "company": fact["company"], **self.chain(fact).said}
        if "into" not in told:
            self.load(name, oracle.sources(self.records)[name], [told])
        self.ask(question)

    @rule()
    def everything_is_loaded_again(self) -> None:
        documents = [self.document(source) for source in ("register", *self.sources())]
        report = self.database.timeline.load(self.database.written(documents))
        assert (report.written, report.events_new, report.sources_new) == (False, 0, 0)
        assert self.database.head() == len(self.records)

    @rule(number=numbers, data=st.data(), reason=reasons, hours=st.integers(1, 90), question=questions())
    def an_edited_fixture_corrects(
        self, number: int, data: st.DataObject, reason: Reason, hours: int, question: tuple[str, Asked]
    ) -> None:
        fact = chosen(self.reported(), number)
        content = self.another(fact, data)
        if content is None:
            return
        Now.pass_by(hours)
        paths = self.database.written([self.document(fact["source"], {fact["key"]: content})])
        with pytest.raises(InvalidInput):
            self.database.timeline.load(paths)
        assert self.database.head() == len(self.records)
        self.database.timeline.load(paths, correct=reason)
        self.link(fact, "event.corrected", reason, said=content)
        self.ask(question)

    @rule(number=numbers, head=heads(), reason=reasons, hours=st.integers(1, 90), question=questions())
    def a_source_was_published_otherwise(
        self, number: int, head: Said, reason: Reason, hours: int, question: tuple[str, Asked]
    ) -> None:
        source = chosen(self.sources(), number)
        record = next(each for each in self.records if each["id"] == identity_of(source, "@source"))
        if head == self.chain(record).said:
            return
        Now.pass_by(hours)
        paths = self.database.written([self.document(source, head=head)])
        self.database.timeline.load(paths, correct=reason)
        self.link(record, "event.corrected", reason, said=head)
        self.ask(question)

    @rule(number=numbers, reason=reasons, question=questions())
    def a_shortened_fixture_retracts(self, number: int, reason: Reason, question: tuple[str, Asked]) -> None:
        standing = self.reported(holding=True)
        if not standing:
            return
        fact = chosen(standing, number)
        paths = self.database.written([self.document(fact["source"], {fact["key"]: None})])
        with pytest.raises(InvalidInput):
            self.database.timeline.load(paths)
        self.database.timeline.load(paths, retract_missing=reason)
        self.link(fact, "event.retracted", reason)
        self.ask(question)

    @rule(
        number=numbers,
        data=st.data(),
        reason=reasons,
        source=st.none() | numbers,
        hours=st.integers(1, 90),
        question=questions(),
    )
    def a_fact_is_corrected(
        self,
        number: int,
        data: st.DataObject,
        reason: Reason,
        source: int | None,
        hours: int,
        question: tuple[str, Asked],
    ) -> None:
        fact = chosen(self.reported(), number)
        content = self.another(fact, data)
        if content is None:
            return
        Now.pass_by(hours)
        before = self.chain(fact)
        name = self.named(source)
        self.either(
            before.holds,
            lambda: self.database.timeline.correct(fact["id"], words(before.said, content), reason=reason, source=name),
            lambda: self.link(fact, "event.corrected", reason, name, said=content),
        )
        self.ask(question)

    @rule(
        number=numbers,
        reason=reasons,
        source=st.none() | numbers,
        scope=st.sampled_from((None, "correction")),
        hours=st.integers(0, 90),
        question=questions(),
    )
    def a_fact_is_retracted(
        self,
        number: int,
        reason: Reason,
        source: int | None,
        scope: str | None,
        hours: int,
        question: tuple[str, Asked],
    ) -> None:
        fact = chosen(self.reported(), number)
        Now.pass_by(hours)
        before, name = self.chain(fact), self.named(source)
        self.either(
            before.holds and (scope is None or before.corrections > 0),
            lambda: self.database.timeline.retract(
                fact["id"], reason=reason, source=name, correction_only=scope is not None
            ),
            lambda: self.link(fact, "event.retracted", reason, name, scope=scope),
        )
        self.ask(question)

    @rule(number=numbers, reason=reasons, source=st.none() | numbers, hours=st.integers(0, 90), question=questions())
    def a_retraction_is_taken_back(
        self, number: int, reason: Reason, source: int | None, hours: int, question: tuple[str, Asked]
    ) -> None:
        linked = [fact for fact in self.reported() if self.chain(fact).retracted_last] or self.reported()
        fact = chosen(linked, number)
        Now.pass_by(hours)
        name = self.named(source)
        self.either(
            self.chain(fact).retracted_last,
            lambda: self.database.timeline.reinstate(fact["id"], reason=reason, source=name),
            lambda: self.link(fact, "event.reinstated", reason, name),
        )
        self.ask(question)

    @rule(
        pair=st.sampled_from((("globex", "acme"), ("acme", "globex"), ("initech", "globex"))),
        hours=st.integers(1, 90),
        question=questions(),
    )
    def two_companies_turn_out_to_be_one(self, pair: tuple[str, str], hours: int, question: tuple[str, Asked]) -> None:
        Now.pass_by(hours)
        company, into = pair
        told = {"kind": "company.merged", "company": company, "into": into, "occurred": "2025-02-27"}
        source = self.sources()[0]
        self.load(source, oracle.sources(self.records)[source], [told])
        self.ask(question)

    @precondition(lambda self: any(fact["kind"] == "company.merged" for fact in self.reported(holding=True)))
    @rule(reason=reasons, hours=st.integers(1, 90), question=questions())
    def and_then_to_be_two(self, reason: Reason, hours: int, question: tuple[str, Asked]) -> None:
        Now.pass_by(hours)
        for fact in self.reported(holding=True):
            if fact["kind"] == "company.merged":
                self.database.timeline.retract(fact["id"], reason=reason)
                self.link(fact, "event.retracted", reason)
        self.ask(question)

    @rule(
        number=numbers,
        data=st.data(),
        here=st.none() | numbers,
        there=st.none() | numbers,
        hours=st.integers(1, 90),
        question=questions(),
    )
    def two_databases_say_different_things_of_a_fact(
        self,
        number: int,
        data: st.DataObject,
        here: int | None,
        there: int | None,
        hours: int,
        question: tuple[str, Asked],
    ) -> None:
        standing = self.reported(holding=True)
        if not standing:
            return
        fact = chosen(standing, number)
        Now.pass_by(hours)
        links = [self.some_link(fact, data, self.named(source)) for source in (here, there)]
        twin = self.database.twin()
        try:
            for database, link in zip((self.database, twin), links, strict=True):
                revise(database, fact, self.chain(fact).said, link)
            head = self.head(fact)
            self.note(
                links[0]["source"],
                head,
                company=fact["company"],
                target=head,
                **{name: links[0][name] for name in LINK},
            )
            self.take(twin.lines(), links, head, fact["company"])
        finally:
            twin.close()
        self.ask(question)


@pytest.fixture(scope="module", autouse=True)
def quick_and_at_our_own_time() -> Iterator[None]:
    """Not waiting for the disk, and with a clock that the machine moves."""
    hurried = tuple(setting.replace("synchronous = FULL", "synchronous = OFF") for setting in writer.SETTINGS)
    assert "synchronous = OFF" in hurried
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "SETTINGS", hurried)
        patch.setattr(load, "datetime", Now)
        patch.setattr(imports, "datetime", Now)
        yield


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=max(settings().max_examples // 7, 1), stateful_step_count=max(settings().stateful_step_count // 4, 1)
)
