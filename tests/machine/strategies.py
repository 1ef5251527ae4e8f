"""What the machine does and asks at random: of few values, so that reports of the same are common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.machine.oracle import Asked
from tests.machine.wording import COUNTS, DAYS, DUE, EX_DAYS, OCCURRED, PERIODS, RATIOS, SHARES

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from timeline.record import Reason

Said = dict[str, str]

COMPANIES = ("acme", "globex", "initech")
PUBLISHED = tuple(
    f"2025-{day}{time}"
    for day in ("02-27", "03-03", "03-04", "03-10", "04-01")
    for time in ("+08:00", "-05:00", "T09:30:00+08:00", "T21:00:00-05:00")
)
REASONS: tuple[Reason, ...] = ("we erred", "source erred", "superseded")

# Most dates are days, or else few reports would ever be of one occurrence.
_WHEN = (*DAYS * 3, *OCCURRED)
_ACTIONS = ("initial", "raised", "raised", "cut")

KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "buyback.executed": ({"shares": SHARES}, {"share_class": "B", "programme": DAYS[:2]}),
    "buyback.totalled": ({"shares": SHARES, "since": (*DAYS[:2], "../2025-03-20")}, {"programme": DAYS[:2]}),
    "buyback.authorised": ({"form": ("mandate", "trust"), "cap": SHARES}, {}),
    "target.set": ({"metric": ("revenue",), "period": PERIODS, "action": _ACTIONS, "value": COUNTS}, {}),
    "result.reported": ({"metric": ("revenue",), "period": PERIODS, "value": COUNTS}, {}),
    "capital.changed": ({"ratio": RATIOS, "ex_day": EX_DAYS}, {"share_class": ("B", "B", "A")}),
    "product.staged": ({"product": ("Anvil",), "stage": ("preorders", "launch")}, {"due": DUE}),
}
"""The fields that each report of a kind has, and those that it may leave out, with what they may say."""


@st.composite
def heads(draw: DrawFn) -> Said:
    """What a source says of itself."""
    head = {
        "kind": draw(st.sampled_from(("filing", "statement", "news", "news", "unconfirmed"))),
        "title": "Report",
        "published": draw(st.sampled_from(PUBLISHED)),
    }
    publisher = draw(st.sampled_from(("", "Wire", "Post")))
    return {**head, "publisher": publisher} if publisher else head


@st.composite
def facts(draw: DrawFn) -> Said:
    """A fact as one source tells it."""
    often = ("buyback.executed", "buyback.executed", "target.set", "target.set")
    return draw(facts_of(draw(st.sampled_from((*often, *KINDS)))))


@st.composite
def facts_of(draw: DrawFn, kind: str) -> Said:
    """A fact of a kind."""
    company = draw(st.sampled_from(("acme", "acme", "globex")))
    return {"kind": kind, "company": company, **draw(said(kind))}


@st.composite
def said(draw: DrawFn, kind: str) -> Said:
    """What a report of a kind may say."""
    always, maybe = KINDS[kind]
    told = {name: draw(st.sampled_from(tuple(texts))) for name, texts in always.items()}
    told |= {name: draw(st.sampled_from(tuple(texts))) for name, texts in maybe.items() if draw(st.booleans())}
    told["occurred"] = draw(st.sampled_from(_WHEN))
    if kind == "capital.changed":
        told["change"] = "consolidation" if RATIOS[told["ratio"]] < 1 else "split"
    if kind == "product.staged":
        told["certainty"] = "planned" if "due" in told else draw(st.sampled_from(("planned", "done")))
    return told


def questions() -> SearchStrategy[tuple[str, Asked]]:
    """A company and both clocks; a recorded clock below 0 counts positions back from the log's end."""
    moments = ("2025-03-03", "2025-03-04", "2025-03-10T02:00:00+00:00", "2025-03-12", "2025-04-01", "2025-05-01")
    recorded = st.one_of(st.integers(-12, -1), st.sampled_from(moments[2:]))
    asked = st.builds(Asked, st.none() | st.sampled_from(moments), st.none() | recorded)
    return st.tuples(st.sampled_from(("acme", "acme", "globex")), asked)
