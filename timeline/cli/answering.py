"""Who answers what a command asks: a person at a terminal, a key each, or a file with a line each."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import click

from timeline.cli.outcome import harmless
from timeline.cli.output import terminal_size
from timeline.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

QUIT = "q"
_ARROWS = {"\x1b[A": "", "\x1b[B": "", "\x1b[C": "n", "\x1b[D": ""}


class Answerer(Protocol):
    """Answers questions one after the other.

    Attributes:
        watches: whether anybody sees what is shown.
    """

    watches: bool

    @property
    def ready(self) -> bool:
        """Whether there is another answer."""

    def key(self, known: Collection[str]) -> str:
        """One of the keys, or another one that was pressed all the same."""

    def line(self, question: str) -> str:
        """A line; empty where nothing is said."""

    def edited(self, text: str) -> str | None:
        """The text as it was changed; None where it was not."""

    def refused(self, error: InvalidInput) -> None:
        """What was answered is wrong; to be shown, or the end where nobody can answer again."""

    def show(self, text: str) -> None:
        """What was laid out for the screen."""


class Terminal:
    """A person at a terminal."""

    watches = True
    ready = True

    def __init__(self, *, color: bool) -> None:
        self._color = color
        with suppress(ImportError):  # the arrow keys move in a line once this is loaded; not all systems have it
            import readline  # noqa: F401

    def key(self, known: Collection[str]) -> str:
        """The first key of what was typed: what follows was typed at something not seen yet."""
        del known
        try:
            typed = click.getchar()
        except EOFError:
            return QUIT
        return _ARROWS.get(typed, "") if typed.startswith("\x1b") else typed[:1].lower()

    def line(self, question: str) -> str:
        """As it is typed."""
        return str(click.prompt(question, default="", show_default=False, prompt_suffix=" ")).strip()

    def edited(self, text: str) -> str | None:
        """As it is saved in $VISUAL or $EDITOR."""
        try:
            return click.edit(text, extension=".yaml")
        except click.ClickException as error:
            self.show(f"{harmless(error.format_message())}\n")
            return None

    def refused(self, error: InvalidInput) -> None:
        """Shown, to be answered again."""
        from timeline.render.review import problems_text

        self.show(problems_text(str(error), terminal_size().columns))

    def show(self, text: str) -> None:
        """Printed."""
        click.echo(text, nl=False, color=self._color)


class Answers:
    """Lines that were written beforehand: a key each, what belongs to it behind it; without a line left, the end."""

    watches = False

    def __init__(self, lines: Iterable[str]) -> None:
        numbered = ((number, line.strip()) for number, line in enumerate(lines, 1))
        self._lines = [(number, line) for number, line in numbered if line and not line.startswith("#")]
        self._rest = ""
        self.number = 0
        self.ran_out = False

    @property
    def ready(self) -> bool:
        """Whether a line is left."""
        return bool(self._lines)

    def key(self, known: Collection[str]) -> str:
        """The first letter of the next line.

        Raises:
            InvalidInput: it is no key that does anything here.
        """
        if not self._lines:
            self.ran_out = True
            return QUIT
        self.number, line = self._lines.pop(0)
        letter, _, self._rest = line.partition(" ")
        if letter not in known:
            raise self._wrong(f"{letter!r} is no answer here", f"the answers are {', '.join(known)}")
        return letter

    def line(self, question: str) -> str:
        """The rest of the line."""
        del question
        rest, self._rest = self._rest, ""
        return rest.strip()

    def edited(self, text: str) -> str | None:
        """Never: there is nobody to edit.

        Raises:
            InvalidInput: always.
        """
        del text
        raise self._wrong("there is no editor without a terminal", "write e FIELD=VALUE…")

    def refused(self, error: InvalidInput) -> None:
        """The end.

        Raises:
            InvalidInput: with the number of the answer.
        """
        raise InvalidInput(
            [problem._replace(what=f"answer in line {self.number}: {problem.what}") for problem in error.problems]
        ) from error

    def show(self, text: str) -> None:
        """Nobody sees it."""

    def _wrong(self, what: str, fix: str) -> InvalidInput:
        return InvalidInput([Problem("review-answer", f"answer in line {self.number}: {what}", fix)])


def answerer(answers: str | None, *, color: bool) -> Answerer:
    """Who answers, given the path of a file with answers, `-` for standard input, or None for a person.

    Raises:
        click.UsageError: there is neither a file nor a terminal.
        InvalidInput: the file cannot be read.
    """
    if answers is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise click.UsageError("There is no terminal to ask on; add --answers FILE, a line for each fact.")
        return Terminal(color=color)
    try:
        with click.open_file(answers, encoding="utf-8") as file:
            return Answers(file.read().splitlines())
    except (OSError, UnicodeDecodeError) as error:
        why = (getattr(error, "strerror", None) or "it is not UTF-8").lower()
        raise InvalidInput([Problem("file-unreadable", f"it cannot be read: {why}", "", answers)]) from error


def words(line: str) -> list[str]:
    """A line as a shell would take it apart, only that a value goes on up to the next FIELD=.

    Raises:
        InvalidInput: a quotation mark is left open.
    """
    try:
        typed = shlex.split(line)
    except ValueError as error:
        fix = "close every quotation mark; put an apostrophe in double ones"
        raise InvalidInput([Problem("words-open", f"{line!r}: {error}".lower(), fix)]) from error
    found: list[str] = []
    for word in typed:
        if "=" in word or not found or "=" not in found[-1]:
            found.append(word)
        else:
            found[-1] += f" {word}"
    return found
