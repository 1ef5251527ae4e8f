"""Problems in the user's data, and the exceptions that end a call.

Bad data is a value (`Problem`): all of a file's problems are collected and shown at once. A bad call is an exception
under `TimelineError`; each class stands for one situation and carries the exit code that the command line ends with.
This module is on the path of every command, so it imports nothing beyond `typing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


def legible(text: str) -> str:
    """The text as one line that does nothing to a terminal: what a source wrote cannot forge a line, nor hide one."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else f"\\u{ord(sign):04x}" for sign in text)


class Problem(NamedTuple):
    """One thing that is wrong with an input, where it stands, and how to mend it.

    Attributes:
        rule: stable name, as shown in brackets and in the documentation.
        what: what is wrong, with the offending text.
        fix: what to do about it; empty when the message already says so.
        file: path as the user named it; empty for a value typed on the command line.
        line: line in the file, from 1; 0 when the problem is about the whole file.
        column: column in the line, from 1; 0 when unknown.
        excerpt: the offending line as it stands in the file.
        width: number of characters under the caret, at least 1.
        severity: errors refuse the input; warnings and notes are only shown.
    """

    rule: str
    what: str
    fix: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    width: int = 1
    severity: Literal["error", "warning", "note"] = "error"

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known."""
        parts = [self.file] if self.file else []
        parts += [str(number) for number in (self.line, self.column) if number and self.line]
        return ":".join(parts)

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        lines = [legible(f"{head}{self.severity}[{self.rule}]: {self.what}")]
        if self.excerpt:
            lines += [f"  {legible(self.excerpt)}", "  " + " " * max(self.column - 1, 0) + "^" * max(self.width, 1)]
        if self.fix:
            lines.append(legible(f"  fix: {self.fix}"))
        return "\n".join(lines)


class ParseProblem(ValueError):
    """A text that is not a date, a quantity or a moment.

    Attributes:
        rule: as in `Problem`.
        what: as in `Problem`.
        fix: as in `Problem`.
        start: offset of the first offending character in the text that was parsed, from 0.
        end: offset after the last offending character; None means the end of the text.
    """

    def __init__(self, rule: str, what: str, fix: str = "", start: int = 0, end: int | None = None) -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.fix = fix
        self.start = start
        self.end = end


class TimelineError(Exception):
    """Root of all errors that a caller may meet; the command line prints it and ends with `exit_code`."""

    exit_code = 1

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class DatabaseUnusable(TimelineError):
    """The database cannot be opened, read or written as asked."""


class NotFound(TimelineError):
    """No such company, event or source.

    Attributes:
        suggestions: the nearest known names, best first; never used in place of what was asked for. Without any, `fix`
            tells where the known ones are.
    """

    exit_code = 3

    def __init__(self, what: str, name: str, suggestions: Sequence[str] = (), fix: str = "") -> None:
        self.suggestions = tuple(suggestions)
        if self.suggestions:
            *others, last = self.suggestions
            fix = f"did you mean {', '.join(others)}{' or ' if others else ''}{last}?"
        super().__init__(f"no {what} called {name!r}", fix)


class InvalidInput(TimelineError):
    """The input has problems; nothing was written.

    Attributes:
        problems: all of them, in the order of the input.
    """

    exit_code = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unverified(TimelineError):
    """The log or a read model is not what it was when it was written."""

    exit_code = 5


class Unfoldable(TimelineError):
    """What a company's events amount to cannot be worked out: the program has a defect that they bring to light.

    It crosses from process to process, so it is remade from what it was made of.

    Attributes:
        company: slug.
        topic: name; empty where bringing the reports together failed, or comparing topics with each other.
        why: what went wrong, in the words of Python.
        event: id of the event since which it is so; empty where no single one was found.
        position: of that event; 0 where there is none.
    """

    def __init__(self, company: str, topic: str, why: str, event: str = "", position: int = 0) -> None:
        self.company = company
        self.topic = topic
        self.why = why
        self.event = event
        self.position = position
        what = f"{topic or 'the timeline'} of {company} cannot be worked out"
        since = f" since event {event[:8]} at position {position}" if event else ""
        before = f"; --as-recorded {position - 1} shows what was known before" if position > 1 else ""
        super().__init__(f"{what}{since}: {why}", f"this is a defect of the program, please report it{before}")

    def __reduce__(self) -> tuple[type[Unfoldable], tuple[str, str, str, str, int]]:
        return type(self), (self.company, self.topic, self.why, self.event, self.position)


class WorkerLost(TimelineError):
    """A process that did a part of the work ended early, such as one that the system stopped for want of memory."""
