"""Writes an answer to standard output in the form that was asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from timeline import render
from timeline.cli.options import colored
from timeline.cli.outcome import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.cli.options import Style
    from timeline.page import Basis, Listing

    Text = Callable[[int, bool], str]


class Forms(NamedTuple):
    """One answer in each form, made only when it is written.

    Attributes:
        text: for a width, with colour or without.
        json: one document.
        lines: JSON lines.
        csv: lines of CSV.
    """

    text: Text
    json: Callable[[], Iterator[str]]
    lines: Callable[[], Iterator[str]]
    csv: Callable[[], Iterator[str]]


def write(forms: Forms, style: Style, basis: Basis | None = None) -> None:
    """Write the answer; lines and CSV have no place for the basis, so it is said beside them where a clock was set."""
    match style.format:
        case "text":
            write_text(forms.text, style)
        case "json":
            write_data(forms.json())
        case "jsonl":
            _say_basis(basis)
            write_data(forms.lines())
        case "csv":
            _say_basis(basis)
            write_data(forms.csv())


def write_listing(listing: Listing, style: Style) -> None:
    """Write a listing."""
    forms = Forms(
        text=lambda width, color: render.text.listing_text(listing, width, color=color),
        json=lambda: render.data.json_text(render.data.listing_json(listing)),
        lines=lambda: render.data.listing_lines(listing),
        csv=lambda: render.sheet.listing_csv(listing),
    )
    write(forms, style, listing.basis)


def _say_basis(basis: Basis | None) -> None:
    if basis and (basis.as_of or basis.as_recorded):
        say(", ".join([*render.words.clock_words(basis), f"log to position {basis.position}"]))


def write_text(text: Text, style: Style) -> None:
    """Write text, through a pager where it is longer than the screen."""
    screen = terminal_size()
    color = colored(style.color, sys.stdout)
    written = text(style.width or screen.columns, color)
    if style.pager and sys.stdout.isatty() and written.count("\n") >= screen.lines:
        # click asks `less` to pass colours on only where the choice is left to it.
        click.echo_via_pager(written, color=None if color else False)
    else:
        click.echo(written, nl=False, color=color)


def terminal_size() -> os.terminal_size:
    """As `shutil.get_terminal_size`, which costs a sixteenth of the time in which a page is shown to import."""
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        columns, lines = 0, 0
    return os.terminal_size((_count("COLUMNS") or columns or 80, _count("LINES") or lines or 24))


def _count(variable: str) -> int:
    text = os.environ.get(variable, "")
    return int(text) if text.isascii() and text.isdigit() else 0


def write_data(chunks: Iterable[str]) -> None:
    """Write data as UTF-8, whatever the terminal's encoding, as it comes."""
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
