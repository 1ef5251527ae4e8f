"""The gates that a proposed fact passes, one after the other, or else is a candidate with the reason.

A kind that may be proposed, quotes that stand in the text, figures and times that are printed, words that are the
text's, a company that it speaks of, and at last all that a fixture asks of a fact. How sure one is of it follows from
what was taken for granted, never from what the model says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.drafted import Candidate, Drafted
from timeline.app.drafting.facts import located
from timeline.app.drafting.model.grounding import Grounding
from timeline.app.drafting.model.locating import places, quote_of
from timeline.app.drafting.model.material import UnfitError
from timeline.app.drafting.model.vocabulary import proposable
from timeline.intake import form
from timeline.intake.frame import RESERVED, frame_fields
from timeline.intake.proposed import proposed
from timeline.intake.shape import fields_of
from timeline.intake.wording import printable, shown
from timeline.paragraphs import Span
from timeline.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.app.drafting.model.locating import Place
    from timeline.app.drafting.model.material import Material
    from timeline.event import Payload

_CONFIDENCE: Final = 65
"""Of 100, where all stands in the text and nothing was taken for granted: what no rule can tell is whether a figure
went into the right field of the right kind."""

_LOWERS: Final = 8
_LEAST: Final = 5
_MOST_PARTIES: Final = 20
_IGNORED: Final = ("key", "note", "confidence")
"""What a model has no say in: keys are given, a note is a person's, and confidence follows from rules."""


def checked(written: Any, material: Material) -> Drafted | Candidate:  # noqa: ANN401  what a model wrote
    """The fact that a model proposes; where it does not pass, a candidate with the reason."""
    try:
        return _fact(written, material)
    except UnfitError as unfit:
        return _candidate(written, str(unfit), material)


def _fact(written: Any, material: Material) -> Drafted:  # noqa: ANN401  what a model wrote
    if not isinstance(written, dict):
        raise UnfitError("it is no fact")
    payload = _payload(written.get("kind"))
    grounding = Grounding(places(written.get("at"), material), material)
    fields = {
        "key": "proposed",
        "kind": payload.KIND,
        "company": _company(written.get("company"), grounding, material),
        **_times_and_content(written, payload, grounding),
        **_attribution(written, grounding, material),
    }
    at = tuple(place.locator for place in grounding.places)
    report = proposed(
        {**fields, "at": [located(each) for each in at]}, material.question.source_id, _currency(material)
    )
    if isinstance(report, tuple):
        raise UnfitError(report[0].what)
    doubts = tuple(dict.fromkeys(grounding.doubts))
    return Drafted(
        fields=fields,
        at=at,
        sentence=_sentence(grounding.places[0], material),
        confidence=max(_CONFIDENCE - _LOWERS * len(doubts), _LEAST),
        doubts=doubts,
    )


def _currency(material: Material) -> str:
    return material.question.currency


def _payload(kind: Any) -> type[Payload]:  # noqa: ANN401  what a model wrote
    if not isinstance(kind, str) or not kind.strip():
        raise UnfitError("it has no kind")
    payload = proposable().get(kind.strip())
    if payload is None:
        is_reserved = kind.strip() in RESERVED or kind.strip().startswith("company.")
        why = "is none that a model may propose" if is_reserved else "is unknown"
        raise UnfitError(f"the kind {shown(kind.strip())} {why}")
    return payload


def _company(named: Any, grounding: Grounding, material: Material) -> str:  # noqa: ANN401  what a model wrote
    if not isinstance(named, str) or not named.strip():
        raise UnfitError("it names no company")
    slug = material.slug(named) if len(named) <= form.SLUG.longest else ""
    if slug and not material.speaks_of(slug):
        raise UnfitError(f"the text does not speak of the company {slug}")
    if slug:
        return slug
    fresh = form.slug(named[: form.SLUG.longest])
    if material.named_as(fresh) is None:
        raise UnfitError(f"the company {shown(named.strip())} is neither known nor named in the text")
    grounding.doubts.append(f"the company {fresh} is not registered")
    return fresh


def _times_and_content(written: Mapping[str, Any], payload: type[Payload], grounding: Grounding) -> dict[str, Any]:
    aside = (*_IGNORED, "kind", "company", "at", "said_by", "confirmed", "parties")
    known = {name: frame_fields()[name] for name in ("occurred", "share_basis")} | dict(fields_of(payload))
    return grounding.fields({name: value for name, value in written.items() if name not in aside}, known)


def _attribution(written: Mapping[str, Any], grounding: Grounding, material: Material) -> dict[str, Any]:
    """Who said it, whether it is confirmed, and who else takes part: each named in the text."""
    found: dict[str, Any] = {}
    if isinstance(said_by := written.get("said_by"), str) and said_by.strip():
        found["said_by"] = grounding.name("said_by", said_by.strip())
    if isinstance(confirmed := written.get("confirmed"), str) and confirmed.strip():
        found["confirmed"] = confirmed.strip()
    parties = written.get("parties") or []
    named = [each for each in (parties if isinstance(parties, list) else [parties])[:_MOST_PARTIES] if each]
    if not all(isinstance(each, str) for each in named):
        raise UnfitError("parties has not the form that a fixture has")
    if named:
        found["parties"] = list(dict.fromkeys(_party(each.strip(), grounding, material) for each in named))
    return found


def _party(named: str, grounding: Grounding, material: Material) -> str:
    slug = material.slug(named)
    return slug if slug and material.speaks_of(slug) else grounding.name("parties", named)


def _sentence(place: Place, material: Material) -> Span:
    """The sentence that the first quote stands in."""
    span = place.spans[0]
    text = material.paragraphs[span.paragraph - 1].text
    found = (each for each in sentences(text, material.question.text.language) if each.start <= span.start < each.end)
    first = next(found, None)
    return Span(span.paragraph, first.start, first.end) if first else span


def _candidate(written: Any, reason: str, material: Material) -> Candidate:  # noqa: ANN401  what a model wrote
    kind = written.get("kind") if isinstance(written, dict) else None
    what = f"the model proposed {shown(kind)[1:-1]}" if isinstance(kind, str) else "the model proposed it"
    quote, paragraph = _shown_quote(written, material)
    return Candidate(quote=quote, paragraph=paragraph, reason=printable(f"{what}: {reason}")[: form.LONGEST_TEXT])


def _shown_quote(written: Any, material: Material) -> tuple[str, int | None]:  # noqa: ANN401  what a model wrote
    """The first quote and its paragraph; a quote that stands nowhere is shown without one."""
    at = written.get("at") if isinstance(written, dict) else None
    try:
        first = places(at[:1] if isinstance(at, list) else at, material)[0]
    except UnfitError:
        quote = " ".join(printable(quote_of(at)).split())[: form.LONGEST_QUOTE]
        return quote or "(no quote)", None
    return first.locator.quote, first.locator.paragraph
