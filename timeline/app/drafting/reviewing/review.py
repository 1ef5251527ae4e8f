"""Going through a draft: which entry is asked about, what is decided of it, and what comes of all decisions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from timeline.app.drafting.reviewing.cards import candidate_card, doubts, fact_card, fields_told, remarks
from timeline.app.drafting.reviewing.confirmed import confirmed_text
from timeline.app.drafting.reviewing.cut import Block
from timeline.app.drafting.reviewing.decided import Decision, Decisions
from timeline.app.drafting.reviewing.effects import Effect, Effects, second_id
from timeline.app.drafting.reviewing.outlook import outlook
from timeline.app.drafting.reviewing.rewriting import edited, free_key, made_fact, reindented
from timeline.app.drafting.reviewing.sheet import candidate, fields, read_sheet, renumbered
from timeline.app.drafting.reviewing.source_text import source_text
from timeline.app.drafting.texts import folder_of
from timeline.app.rehearsal import rehearsal
from timeline.errors import InvalidInput, Problem, TimelineError
from timeline.event import Report
from timeline.render.review import Card
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline.app.drafting.reviewing.decided import Verb
    from timeline.app.drafting.reviewing.effects import Kept
    from timeline.app.drafting.reviewing.outlook import Outlook
    from timeline.app.drafting.reviewing.sheet import Sheet
    from timeline.prose.text import Text
    from timeline.store.database import Target

    Changes = tuple[tuple[str, str], ...]
    """Label and text of fields that changed; the text is empty where the field is gone."""


class Entry(Struct, frozen=True):
    """What is asked about.

    Attributes:
        what: a fact, or a figure without one.
        block: its lines in the draft.
    """

    what: Literal["fact", "candidate"]
    block: Block


class Review:
    """A draft under review; every decision is on the disk when its method returns.

    Attributes:
        draft: path of the draft.
        sheet: the draft as it is read.
        text: that it was made from; None where nobody has it.
        entries: facts, then candidates, in the order of the file.
        decisions: what was decided so far.
        at: index of the entry that is asked about; their number where all are decided.
    """

    def __init__(self, database: Target, draft: str, sheet: Sheet, text: Text | None) -> None:
        self.draft = draft
        self.sheet = sheet
        self.text = text
        self.entries = (
            *(Entry("fact", block) for block in sheet.cut.blocks("facts")),
            *(Entry("candidate", block) for block in sheet.cut.blocks("candidates")),
        )
        self._database = database
        self.decisions = Decisions(draft)
        self._ids = [entry.block.id for entry in self.entries]
        self._kept: Kept = {}
        self.at = self._next(0)

    @property
    def current(self) -> Entry | None:
        """The entry that is asked about; None where all are decided."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    @property
    def left(self) -> int:
        """How many entries are open, those put off among them."""
        return sum(self.status(entry) in ("", "later") for entry in self.entries)

    @property
    def other_text(self) -> bool:
        """Whether the text is not the one that the draft was made from."""
        return bool(self.text and self.sheet.source.sha256 not in (None, self.text.sha256))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the draft took for granted about its source, and what the database has against it."""
        with suppress(TimelineError), rehearsal(self._database) as reader:
            return (*remarks(self.sheet.cut), *second_id(reader, self.sheet.source_id, self.sheet.source))
        return remarks(self.sheet.cut)

    @property
    def registered(self) -> tuple[str, ...]:
        """The companies that the draft's facts register, as far as they are not dropped."""
        naming = (entry for entry in self.entries if entry.what == "fact" and Registered.KIND in self.body(entry))
        reports = [self.report(entry) for entry in naming if self.status(entry) != "drop"]
        return tuple(each.company or "" for each in reports if isinstance(each, Report))

    def status(self, entry: Entry) -> str:
        """What was decided of an entry; empty while it is open."""
        return self.decisions.verb(entry.block.id)

    def body(self, entry: Entry) -> str:
        """The lines of an entry: those of the draft, or what an edit or a fact made of it put in their place."""
        decision = self.decisions.of(entry.block.id)
        return decision.text if decision and decision.do in ("edit", "fact") else entry.block.body

    def report(self, entry: Entry) -> Report | tuple[Problem, ...]:
        """What a fact amounts to as it stands now, or all that is wrong with it."""
        return self.sheet.report(entry.block, self.body(entry))

    def title(self, entry: Entry) -> str:
        """What a fact or a candidate is called in a list."""
        if entry.what == "candidate":
            said = candidate(entry.block)
            return f"“{said.quote}” in paragraph {said.paragraph}" if said.paragraph else f"“{said.quote}”"
        said_of = fields(self.body(entry))
        return f"{said_of.get('kind', 'no kind')}  {said_of.get('key', '')}".strip()

    def card(self) -> Card:
        """All that a person decides by about the entry that is asked about."""
        entry = self.entries[self.at]
        head = Card(self.at + 1, len(self.entries), entry.what, self.title(entry), self.status(entry))
        if entry.what == "candidate":
            return candidate_card(head, entry.block, self.text)
        confidence, told_of = doubts(entry.block)
        head = head._replace(confidence=confidence, doubts=told_of)
        report = self.report(entry)
        if not isinstance(report, Report):
            return head._replace(problems=tuple(map(str, report)))
        head = head._replace(doubts=(*told_of, *self.sheet.notes(self.body(entry))))
        return fact_card(head, report, self.effect(report), self.text)

    def effect(self, report: Report) -> Effect:
        """What recording a fact would do to the database as it is now."""
        try:
            with rehearsal(self._database) as reader:
                sheet = self.sheet
                effects = Effects(reader, sheet.source_id, sheet.source, self.registered, self._kept)
                return effects.of(report)
        except TimelineError as error:
            return Effect("unknown", (error.message,))

    def decide(self, do: Literal["keep", "drop", "later"]) -> None:
        """Keep, drop or put off the entry that is asked about, and go on.

        Raises:
            InvalidInput: a fact that cannot be read cannot be kept.
        """
        entry = self.entries[self.at]
        if do == "keep" and entry.what == "fact":
            _require(self.report(entry))
        if do == "keep" and self.status(entry) == "edit":
            self._settle("edit", self.body(entry))
        else:
            self._settle(do)

    def edit(self, words: Sequence[str]) -> Changes:
        """Change the fact by typed words, and keep it so; the fields that changed.

        Raises:
            InvalidInput: the words are wrong.
        """
        entry = self.entries[self.at]
        changed = edited(self.sheet, entry.block, self.body(entry), words)
        if not isinstance(changed, str):
            raise InvalidInput(changed)
        return self._put(entry, changed)

    def rewrite(self, text: str) -> Changes:
        """Put what a person wrote in the place of the fact's lines, and keep it so; the fields that changed.

        Raises:
            InvalidInput: it is no fact.
        """
        entry = self.entries[self.at]
        body = reindented(text, entry.block.indent)
        found = self.sheet.report(entry.block, body)
        _require(found if isinstance(found, Report) else renumbered(found))
        return self._put(entry, body)

    def _put(self, entry: Entry, body: str) -> Changes:
        """The fields that an edit gives another value, as they are understood; an empty one is gone."""
        both = (self.report(entry), self.sheet.report(entry.block, body))
        before, after = (dict(fields_told(each)) if isinstance(each, Report) else {} for each in both)
        self._settle("edit", body)
        names = dict.fromkeys((*before, *after))
        return tuple((name, after.get(name, "")) for name in names if before.get(name) != after.get(name))

    def leave_out(self, reason: str) -> None:
        """List the candidate as left out on purpose.

        Raises:
            InvalidInput: it has no paragraph, or there is no reason.
        """
        said = candidate(self.entries[self.at].block)
        if not said.paragraph or not said.quote:
            fix = "keep it as a candidate, drop it, or make a fact of it"
            raise InvalidInput([Problem("review-unplaced", "what has no paragraph cannot be left out", fix)])
        if not reason.strip():
            fix = "such as: an advertisement"
            raise InvalidInput([Problem("review-reason", "what is left out needs a reason", fix)])
        self._settle("leave out", reason.strip())

    def make_fact(self, words: Sequence[str]) -> None:
        """Make a fact of the candidate: KIND, the company where it is not the draft's, FIELD=VALUE each.

        Raises:
            InvalidInput: the words are wrong.
        """
        if not words:
            fix = "such as: buyback.executed occurred=2026-01-08 shares=5m"
            raise InvalidInput([Problem("review-words", "a fact needs a kind and fields", fix)])
        said = candidate(self.entries[self.at].block)
        key = free_key(words[0], said.paragraph, self._taken())
        body = made_fact(self.sheet, said, words, key)
        if not isinstance(body, str):
            raise InvalidInput(body)
        self._settle("fact", body)

    def keep_rest(self) -> int:
        """Let every candidate that is open stand as one; how many these are."""
        rest = [entry.block.id for entry in self.entries if entry.what == "candidate" and not self.status(entry)]
        for item in rest:
            self.decisions.add(Decision(item, "keep"))
        self.at = self._next(self.at)
        return len(rest)

    def undo(self) -> str:
        """Take back the latest decision and ask about its entry again; what it is called, empty where there is none."""
        undone = self.decisions.undo(self._ids)
        if not undone:
            return ""
        self.at = self._ids.index(undone.item)
        return self.title(self.entries[self.at])

    def jump(self, number: int) -> None:
        """Ask about an entry, from 1, decided or not."""
        self.at = min(max(number, 1), len(self.entries)) - 1

    def go_on(self) -> None:
        """Ask about the next entry that is open."""
        self.at = self._next(self.at + 1)

    def confirmed(self) -> str:
        """The fixture that the decisions make."""
        return confirmed_text(self.sheet.cut, self.decisions.of)

    def outlook(self, path: Path) -> Outlook:
        """What loading the confirmed fixture would do; the arguments and errors are those of `outlook`."""
        return outlook(self._database, str(path))

    def _settle(self, do: Verb, text: str = "") -> None:
        self.decisions.add(Decision(self._ids[self.at], do, text))
        self.at = self._next(self.at + 1)

    def _next(self, start: int) -> int:
        """The next entry that is open, round from an index; then the next that was put off."""
        count = len(self.entries)
        order = [index % count for index in range(start, start + count)]
        statuses = {index: self.status(self.entries[index]) for index in order}
        for wanted in ("", "later"):
            for index in order:
                if statuses[index] == wanted:
                    return index
        return count

    def _taken(self) -> set[str]:
        """The keys that facts of the draft have."""
        return {str(fields(self.body(entry)).get("key", "")) for entry in self.entries}


def _require(found: Report | tuple[Problem, ...]) -> None:
    if not isinstance(found, Report):
        raise InvalidInput(found)


def open_review(database: Target, draft: str, text: str | None = None) -> Review:
    """Begin the review of a draft, or go on with it.

    Args:
        database: whose facts the draft's are compared with.
        draft: path of the draft.
        text: path of the text that it was made from; None to look for it by its hash.

    Raises:
        InvalidInput: the draft, its decisions or the text cannot be read.
        TimelineError: likewise, for want of a library or of permission.
    """
    sheet = read_sheet(draft)
    return Review(database, draft, sheet, source_text(draft, sheet.source.sha256, text, folder_of(database)))
