"""What can go wrong with a language model, each with its remedy.

No message holds the key, the text or what a server wrote: a server may repeat either, and messages end up in logs.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from timeline.app.drafting.model.settings import Settings

WITHOUT: Final = "--no-model drafts without it"
_CHECK_URL: Final = f"check TIMELINE_LLM_URL, and that the server runs; {WITHOUT}"


class ModelUnusable(TimelineError):
    """The language model gave no answer that can be used."""


class PieceFailed(ModelUnusable):
    """The answer about one piece of a text cannot be used; that about another may well be."""


class CutShort(PieceFailed):
    """The answer ended before it was complete, since the model may write no more; a shorter piece may do."""


def unnamed() -> ModelUnusable:
    """The user has named no model."""
    fix = "set TIMELINE_LLM_URL and TIMELINE_LLM_MODEL, and TIMELINE_LLM_KEY where it asks for a key"
    return ModelUnusable("no language model is named", f"{fix}; {WITHOUT}")


def unreachable(settings: Settings, why: str) -> ModelUnusable:
    """No connection; `why` is the system's own word for it."""
    return ModelUnusable(f"the language model at {settings.origin} cannot be reached: {why}", _CHECK_URL)


def too_slow(settings: Settings) -> ModelUnusable:
    """The stated time is over."""
    return ModelUnusable(
        f"the language model at {settings.origin} gave no whole answer in {settings.seconds:g} seconds",
        f"allow more with TIMELINE_LLM_SECONDS, or use a faster model; {WITHOUT}",
    )


def too_large(settings: Settings) -> ModelUnusable:
    """More bytes than an answer may have."""
    what = f"the answer of the language model is larger than {settings.most_bytes // 1024:,} KiB"
    return ModelUnusable(what, f"no honest answer is: check TIMELINE_LLM_URL; {WITHOUT}")


def broken_off(settings: Settings) -> ModelUnusable:
    """The connection ended within the answer, or what came is no HTTP."""
    what = f"the connection to the language model at {settings.origin} broke off within its answer"
    return ModelUnusable(what, f"try again, and look at the server's own log; {WITHOUT}")


def cut_short() -> CutShort:
    """The model reached its limit."""
    what = "the answer of the language model was cut short at its limit of length"
    return CutShort(what, f"let the server write longer answers, or use a model with a larger context; {WITHOUT}")


def declined() -> ModelUnusable:
    """The model would not do it."""
    return ModelUnusable("the language model declined to answer", f"use another model; {WITHOUT}")


def no_answer(settings: Settings) -> ModelUnusable:
    """The server answered, though not as an OpenAI-compatible endpoint does."""
    what = f"what answers at {settings.origin} is no OpenAI-compatible endpoint for chat completions"
    return ModelUnusable(what, f"set TIMELINE_LLM_URL to its base address, up to /v1; {WITHOUT}")


def no_json(why: str) -> PieceFailed:
    """The model answered, though not with the facts as JSON."""
    return PieceFailed(f"the answer of the language model is not the JSON asked for: {why}", f"{_BETTER}; {WITHOUT}")


def redirected(settings: Settings, origin: str) -> ModelUnusable:
    """The address has moved; the key is not sent after it."""
    what = f"the language model at {settings.origin} sends on to {origin or 'another address'}, which is not followed"
    return ModelUnusable(what, f"set TIMELINE_LLM_URL to the address meant, if you trust it; {WITHOUT}")


def refused(settings: Settings, status: int) -> ModelUnusable:
    """The server answered with an HTTP status that is none of success."""
    what, fix = _REFUSALS.get(status, ("", ""))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        what, fix = "has failed", "try again later, or look at the server's own log"
    what, fix = what or "does not take the request", fix or "check TIMELINE_LLM_URL and TIMELINE_LLM_MODEL"
    what = what.format(model=settings.model)
    return ModelUnusable(f"the language model at {settings.origin} {what} (HTTP {status})", f"{fix}; {WITHOUT}")


_BETTER: Final = "try again, or use a model that keeps to a form"
_REFUSALS: Final = {
    401: ("does not take the key", "check TIMELINE_LLM_KEY"),
    403: ("does not take the key for this", "check TIMELINE_LLM_KEY and what it is for"),
    404: (
        "has no model {model}, or no chat completions at this address",
        "check TIMELINE_LLM_MODEL, and that TIMELINE_LLM_URL is the base address up to /v1",
    ),
    413: ("finds the request too large", "set TIMELINE_LLM_CHARACTERS lower"),
    429: ("has had too many requests, or the account has no credit left", "try again later"),
}
