"""Asking an OpenAI-compatible endpoint: what it is sent, what it answers, and what is tried again."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

import msgspec

from timeline.app.drafting.model import address, failures
from timeline.app.drafting.model.transport import post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.app.drafting.model.settings import Settings
    from timeline.app.drafting.model.transport import Reply

_FACT: Final = {
    "type": "object",
    "properties": {
        "kind": {"type": "string"},
        "company": {"type": "string"},
        "occurred": {"type": "string"},
        "at": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    },
    "required": ["kind", "company", "occurred", "at"],
    "additionalProperties": True,
}
_FACTS: Final = {"type": "object", "properties": {"facts": {"type": "array", "items": _FACT}}, "required": ["facts"]}
FORMS: Final[tuple[dict[str, Any], ...]] = (
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {"response_format": {"type": "json_schema", "json_schema": {"name": "facts", "schema": _FACTS}}},
    {},
)
"""Ways to ask for JSON, best first: servers differ in which of these they know, and refuse a request for one they do
not; some refuse to be told a temperature."""

_REFUSES_FORM: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_LONGEST_WAIT: Final = 20.0
_WAIT: Final = 1.0
_LONGEST_ORIGIN: Final = 200


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Client:
    """Asks one model about one text, within the time that there is for all of it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._deadline = time.monotonic() + settings.seconds
        self._form = 0

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """What the model answers to a conversation.

        Raises:
            ModelUnusable: it gives no answer.
        """
        reply = self._reply(messages)
        while reply.status in _REFUSES_FORM and self._form < len(FORMS) - 1:
            self._form += 1
            reply = self._reply(messages)
        if reply.status != HTTPStatus.OK:
            raise self._failure(reply)
        return self._content(reply.body)

    def _reply(self, messages: Sequence[dict[str, str]]) -> Reply:
        asked = {"model": self._settings.model, "messages": messages, "stream": False, **FORMS[self._form]}
        body = msgspec.json.encode(asked)
        reply = post(self._settings, body, self._deadline)
        if _may_pass(reply.status):
            self._wait(reply)
            reply = post(self._settings, body, self._deadline)
        return reply

    def _wait(self, reply: Reply) -> None:
        """As long as the server asks for, within bounds; not at all where no time would be left."""
        asked = reply.headers.get("retry-after", "").strip()
        seconds = float(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else _WAIT
        if seconds > _LONGEST_WAIT or time.monotonic() + seconds >= self._deadline:
            raise self._failure(reply)
        time.sleep(seconds)

    def _failure(self, reply: Reply) -> failures.ModelUnusable:
        if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST:
            return failures.redirected(self._settings, _other_origin(self._settings.url, reply))
        return failures.refused(self._settings, reply.status)

    def _content(self, body: bytes) -> str:
        try:
            choice = msgspec.json.decode(body, type=_Completion).choices[0]
        except (msgspec.MsgspecError, RecursionError, ValueError, IndexError):
            raise failures.no_answer(self._settings) from None
        if choice.finish_reason == "length":
            raise failures.cut_short()
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise failures.declined()
        if not choice.message.content:
            raise failures.no_json("it is empty")
        return choice.message.content


def _may_pass(status: int) -> bool:
    """Whether what failed may do a moment later."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _other_origin(url: str, reply: Reply) -> str:
    try:
        found = address.origin(urljoin(url, reply.headers.get("location", "")))
    except ValueError:
        return ""
    sound = found.isascii() and found.isprintable() and len(found) <= _LONGEST_ORIGIN
    return found if sound and found.startswith("http") else ""
