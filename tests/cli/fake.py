"""A `Timeline` that answers with a made-up company and remembers what it was asked."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.render.acme import BASIS, EVENTS, TARGETED, TARGETS
from tests.render.test_why import WHY
from timeline.page import Audit, Listing, Page
from timeline.section import Finding

CLEAN = Page(slug="acme", name="Acme", basis=BASIS, parts=((TARGETS, TARGETED),))
LISTING = replace(EVENTS, basis=BASIS)
BAD = Finding("sum-off", "error", "3 + 4 is not 8")
REPORT = SimpleNamespace(
    files=2,
    new=(("target.set", 12), ("buyback.executed", 3)),
    events_new=15,
    sources_new=2,
    unchanged=4,
    changed=(),
    missing=(),
    notes=(),
    companies=("acme",),
    position=41,
)


class Ended(NamedTuple):
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


class FakeTimeline:
    """Answers by method name; an exception as answer is raised."""

    def __init__(self) -> None:
        self.db: object = "not opened"
        self.asked: list[tuple[str, tuple[object, ...], dict[str, object]]] = []
        self.answers: dict[str, Any] = {
            "load": REPORT,
            "show": CLEAN,
            "events": LISTING,
            "event": SimpleNamespace(
                basis=BASIS,
                fields=(("kind", "target.set"),),
                envelope={"position": 3},
                salt=None,
                body=None,
                chain=(),
                reports=(),
                problem="",
            ),
            "why": replace(WHY, basis=BASIS),
            "audit": Audit(basis=BASIS, audits=("targets",), parts=(CLEAN,)),
            "upcoming": LISTING,
            "companies": LISTING,
            "sources": LISTING,
            "rebuild": SimpleNamespace(companies=3, sections=1200, changed=0, resumed=0, failed=()),
            "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema"},
            "complete_companies": [("acme", "Acme Corporation")],
        }

    def open(self, db: object = None) -> "FakeTimeline":
        self.db = db
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        def answer(*args: object, **kwargs: object) -> Any:  # noqa: ANN401
            told = kwargs.pop("progress", None)
            if callable(told):
                told("acme.yaml", 1, 2)
            self.asked.append((name, args, kwargs))
            found = self.answers[name]
            if isinstance(found, BaseException):
                raise found
            return found

        if name not in self.answers:
            raise AttributeError(name)
        return answer


def listing_with(finding: Finding) -> Listing:
    """The made-up events, with something found among them."""
    return replace(LISTING, findings=(finding,))
