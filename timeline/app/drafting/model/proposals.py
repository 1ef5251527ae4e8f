"""The facts that a language model proposes for a text, as far as they pass, beside those drafted without one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.drafted import Candidate, Drafted
from timeline.app.drafting.model.answer import facts_of
from timeline.app.drafting.model.chunks import chunks, halves
from timeline.app.drafting.model.client import Client
from timeline.app.drafting.model.failures import CutShort, ModelUnusable, PieceFailed, unnamed
from timeline.app.drafting.model.gate import checked
from timeline.app.drafting.model.locating import shown_by
from timeline.app.drafting.model.material import Material
from timeline.app.drafting.model.merging import merged
from timeline.app.drafting.model.prompt import messages
from timeline.app.drafting.model.question import Answer, Unregistered
from timeline.app.drafting.model.settings import Settings
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.model.chunks import Line
    from timeline.app.drafting.model.question import Question

_REGISTERED: Final = "company.registered"


def answered(question: Question, wanted: bool | None) -> Answer:  # noqa: FBT001  what a person said or did not
    """What a draft is made of.

    Args:
        question: about the text.
        wanted: True to ask the user's model, False not to; None to ask it if there is one and it answers.

    Raises:
        TimelineError: it is wanted, and there is none or it does not answer.
    """
    try:
        settings = Settings.from_environment() if wanted is not False else None
        if settings is not None:
            return proposals(question, settings)
    except TimelineError as failure:
        if wanted:
            raise
        return without(question, failure)
    if wanted:
        raise unnamed()
    return Answer(facts=question.offline)


def proposals(question: Question, settings: Settings) -> Answer:
    """What a model makes of a text; nothing of it passes unless it stands there.

    Where a long text is answered in part only, the facts of that part are given and a remark tells of the other.

    Raises:
        TimelineError: the model gives no answer at all that can be used.
    """
    asking = _Asking(question, settings)
    asking.ask()
    told = f"asked the model {settings.model} at {settings.origin}"
    return judged(question, asking.facts, settings.most_facts, (*settings.warnings, told, *asking.missed))


def without(question: Question, failure: TimelineError) -> Answer:
    """What there is where a model was asked for only if it answers, and it does not."""
    return Answer(facts=question.offline, remarks=(f"drafted without a language model: {failure.message}",))


def judged(question: Question, facts: Sequence[Any], most: int, remarks: Iterable[str] = ()) -> Answer:
    """What of a model's facts passes, and why the rest does not."""
    material = Material(question)
    found = [checked(each, material) for each in facts[:most]]
    passed = [each for each in found if isinstance(each, Drafted)]
    refused = tuple(dict.fromkeys(each for each in found if isinstance(each, Candidate)))
    cut = f"of the {len(facts):,} facts that the model proposed, the first {most:,} were looked at"
    told = f"{len(passed):,} of the {len(found):,} facts that the model proposed passed"
    kept = merged(question.offline, passed, question)
    return Answer(
        facts=kept,
        candidates=refused,
        remarks=(*remarks, told, *((cut,) if len(facts) > most else ())),
        unregistered=tuple(_unregistered(passed, material)),
        used=shown_by((at for fact in kept for at in fact.at), material),
    )


def _unregistered(facts: Iterable[Drafted], material: Material) -> Iterator[Unregistered]:
    offline = material.question.offline
    registered = {str(fact.fields["company"]) for fact in offline if fact.kind == _REGISTERED}
    for slug in dict.fromkeys(str(fact.fields["company"]) for fact in facts):
        if slug not in registered and not material.slug(slug) and (span := material.named_as(slug)):
            yield Unregistered(slug, material.text(span), span)


class _Asking:
    """A text as it is asked about, piece by piece.

    Attributes:
        facts: what was answered, in its order.
        missed: what was not answered, each a short line.
    """

    def __init__(self, question: Question, settings: Settings) -> None:
        self.facts: list[Any] = []
        self.missed: list[str] = []
        self._question = question
        self._client = Client(settings)
        self._fence = f"=== {secrets.token_hex(12)} ==="
        self._waiting = list(chunks(question.text.paragraphs, settings.characters))
        self._has_answered = False
        self._failure: ModelUnusable | None = None

    def ask(self) -> None:
        """Ask about all of it.

        Raises:
            ModelUnusable: nothing was answered.
        """
        while self._waiting:
            self._piece(self._waiting.pop(0))
        if self._failure and not self._has_answered:
            raise self._failure

    def _piece(self, chunk: tuple[Line, ...]) -> None:
        try:
            self.facts += facts_of(self._client.ask(messages(self._question, chunk, self._fence)))
            self._has_answered = True
        except PieceFailed as failure:
            # A model that has more to say than it may write at once is asked about less.
            parts = halves(chunk) if isinstance(failure, CutShort) else ()
            self._waiting[:0] = parts
            if not parts:
                self._miss([chunk], failure)
        except ModelUnusable as failure:
            self._miss([chunk, *self._waiting], failure)
            self._waiting.clear()

    def _miss(self, missed: Sequence[Sequence[Line]], failure: ModelUnusable) -> None:
        self._failure = failure
        self.missed.append(_unanswered(missed, failure))


def _unanswered(chunks: Sequence[Sequence[Line]], failure: ModelUnusable) -> str:
    first, last = chunks[0][0].number, chunks[-1][-1].number
    where = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
    return f"the model did not answer for {where}: {failure.message}"
