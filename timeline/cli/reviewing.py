"""What a person sees and says while going through a draft: cards, keys, questions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from timeline.cli.answering import QUIT, words
from timeline.cli.options import colored
from timeline.cli.outcome import tell
from timeline.cli.output import terminal_size
from timeline.digits import counted
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from timeline.app.drafting.reviewing.review import Changes, Review
    from timeline.cli.answering import Answerer
    from timeline.cli.options import Session

_EVERYWHERE = {"u": "undo", "l": "list", "n": "next", QUIT: "quit"}
_FACT = {"k": "keep", "e": "edit", "d": "drop", "s": "later", **_EVERYWHERE, "?": "help"}
_CANDIDATE = {
    "x": "leave out",
    "f": "make a fact",
    "k": "keep as candidate",
    "a": "keep all",
    "d": "drop",
    "s": "later",
}
_CANDIDATE |= {**_EVERYWHERE, "?": "help"}
_AT_END = {"y": "load", "u": "undo", "l": "list", QUIT: "not now"}
_WITHOUT_LOAD = {"u": "undo", "l": "list", QUIT: "quit"}
_HELP = (
    ("k keep", "the fact as it is shown; a candidate stays one"),
    ("e edit", "a line FIELD=VALUE… as for `timeline add`, FIELD= takes one away; an empty line opens $EDITOR"),
    ("d drop", "it is not recorded"),
    ("a keep all", "candidates that are open stay candidates"),
    ("s later", "go on, and ask again at the end"),
    ("x leave out", "a candidate, on purpose, with the reason"),
    ("f fact", "of a candidate: KIND FIELD=VALUE…"),
    ("u undo", "the last decision, and so on back to the first"),
    ("l list", "of all, to go to one by its number"),
    ("n next", "that is open; also the right arrow"),
    ("q quit", "all decisions stay, and the same command goes on"),
)
_EDIT = "FIELD=VALUE… (Enter: editor, .: back):"
_MADE = "KIND FIELD=VALUE… (Enter: back):"
_REASON = "Reason (.: back, Enter: {}):"
_NUMBER = "Number (Enter: back):"
_DONE = {
    "k": "kept",
    "a": "kept",
    "e": "edited and kept",
    "d": "dropped",
    "s": "later",
    "x": "left out",
    "f": "made a fact",
}


class Screen:
    """What a person sees and says while going through a draft."""

    def __init__(self, under: Review, asked: Answerer, session: Session) -> None:
        self._review = under
        self._asked = asked
        self._color = colored(session.color, sys.stdout)
        self._reason = ""

    def greet(self) -> None:
        """Say what the draft is of, what there is to decide, and which text it is shown in."""
        under, source = self._review, self._review.sheet.source
        facts = sum(entry.what == "fact" for entry in under.entries)
        candidates = f", {counted(len(under.entries) - facts, 'candidate')}" if len(under.entries) > facts else ""
        self._asked.show("\n")
        self._say(f"{source.title} ({source.kind}, {source.published})")
        self._say(f"{counted(facts, 'fact')}{candidates}; {under.left:,} to decide")
        for remark in under.remarks:
            self._say(f"? {remark}")
        if under.text is None:
            self._say("There is no text to show: quotes stand alone. Name it with --text, or lay it beside the draft.")
        elif under.other_text:
            self._say("This text has not the hash that the draft states: quotes may not stand in it.")

    def all_decided(self) -> bool:
        """Ask about one entry after the other; False where the person quit before the end."""
        shown = None
        while (entry := self._review.current) is not None:
            keys = _FACT if entry.what == "fact" else _CANDIDATE
            if shown != (entry, self._review.status(entry)):
                self._show_card()
            shown = (entry, self._review.status(entry))
            key = self.ask(keys)
            if key == QUIT:
                return False
            if self._press(key):
                shown = None
        return True

    def ask(self, keys: Mapping[str, str]) -> str:
        """One of these keys."""
        from timeline.render.review import help_text, keys_text

        while True:
            self._asked.show(keys_text([*keys.items()], self._width, color=self._color))
            key = self._asked.key(keys)
            if key in keys and key != "?":
                return key
            if key == "?":
                self._asked.show(help_text(_HELP, self._width))

    def move(self, key: str) -> bool:
        """Undo, list and the like; whether another entry is to be shown."""
        under = self._review
        match key:
            case "u":
                undone = under.undo()
                self._say(f"undone: {undone}" if undone else "there is nothing to undo")
                return bool(undone)
            case "l":
                return self._list()
            case _:
                under.go_on()
                return True

    def foresee(self, path: Path) -> Mapping[str, str]:
        """Show what a load of the fixture would do; the keys that do something then."""
        from timeline.render.review import outlook_text

        try:
            found = self._review.outlook(path)
        except InvalidInput as error:
            if not self._asked.watches:
                raise
            self._asked.refused(error)
            return _WITHOUT_LOAD
        lines = [(key, effect.verdict, effect.told) for key, effect in found.striking]
        text = outlook_text(found.facts, found.verdicts, lines, found.findings, self._width, color=self._color)
        click.echo(text, nl=False, color=self._color)
        if found.events:
            return _AT_END
        tell("Nothing to load: all of it is recorded.")
        return _WITHOUT_LOAD

    def _press(self, key: str) -> bool:
        """Do what a key asks; whether there is anything new to show."""
        under, title = self._review, self._review.title(self._review.entries[self._review.at])
        changes: Changes | None = ()
        try:
            match key:
                case "k":
                    under.decide("keep")
                case "d":
                    under.decide("drop")
                case "s":
                    under.decide("later")
                case "a":
                    title = counted(under.keep_rest(), "candidate")
                case "e" | "x" | "f":
                    changes = self._worded(key)
                case _:
                    return self.move(key)
        except InvalidInput as error:
            self._asked.refused(error)
            return False
        if changes is None:
            return False
        self._say(f"{_DONE[key]}: {title}")
        for label, text in changes:
            self._say(f"{label}  {text}" if text else f"no {label} any more", "  ")
        return True

    def _worded(self, key: str) -> Changes | None:
        """What needs words: the fields that changed; None where the person gave up."""
        under = self._review
        reason = _REASON.format(self._reason or "back")
        line = self._asked.line({"e": _EDIT, "x": reason, "f": _MADE}[key]) or (self._reason if key == "x" else "")
        if line == "." or (not line and key != "e" and self._asked.watches):
            return None
        if key == "e":
            return under.edit(words(line)) if line else self._edited()
        if key == "x":
            under.leave_out(line)
            self._reason = line
        else:
            under.make_fact(words(line))
        return ()

    def _edited(self) -> Changes | None:
        """In the editor, again and again until it will do or the person leaves it as it was."""
        text = self._review.body(self._review.entries[self._review.at])
        while (changed := self._asked.edited(text)) is not None:
            try:
                return self._review.rewrite(changed)
            except InvalidInput as error:
                self._asked.refused(error)
                text = changed
            if not click.confirm("Edit it again?", default=True):
                break
        return None

    def _list(self) -> bool:
        from timeline.render.review import list_text

        under = self._review
        rows = [(at, under.status(entry), under.title(entry)) for at, entry in enumerate(under.entries, 1)]
        self._asked.show(list_text(rows, under.at + 1, self._width, color=self._color))
        number = self._asked.line(_NUMBER)
        if number.isascii() and number.isdigit() and 0 < int(number) <= len(rows):
            under.jump(int(number))
            return True
        return False

    def _show_card(self) -> None:
        from timeline.render.review import card_text

        if self._asked.watches:
            self._asked.show("\n" + card_text(self._review.card(), self._width, color=self._color) + "\n")

    def _say(self, text: str, before: str = "") -> None:
        from timeline.render.review import prose_text

        self._asked.show(prose_text(text, self._width, before))

    @property
    def _width(self) -> int:
        return terminal_size().columns
