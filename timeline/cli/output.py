"""Writes an answer to standard output in the form that was asked for."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

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
    from timeline.render import data, sheet, text

    forms = Forms(
        text=lambda width, color: text.listing_text(listing, width, color=color),
        json=lambda: data.json_text(data.listing_json(listing)),
        lines=lambda: data.listing_lines(listing),
        csv=lambda: sheet.listing_csv(listing),
    )
    write(forms, style, listing.basis)


def _say_basis(basis: Basis | None) -> None:
    if basis and (basis.as_of or basis.as_recorded):
        from timeline.render.words import clock_words

        say(", ".join([*clock_words(basis), f"log to position {basis.position}"]))


def write_text(text: Text, style: Style) -> None:
    """Write text, through a pager where it is longer than the screen."""
    screen = shutil.get_terminal_size((80, 24))
    color = colored(style.color, sys.stdout)
    written = text(style.width or screen.columns, color)
    if style.pager and sys.stdout.isatty() and written.count("\n") >= screen.lines:
        # click asks `less` to pass colours on only where the choice is left to it.
        click.echo_via_pager(written, color=None if color else False)
    else:
        click.echo(written, nl=False, color=color)


def write_data(chunks: Iterable[str]) -> None:
    """Write data as UTF-8, whatever the terminal's encoding, as it comes."""
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
