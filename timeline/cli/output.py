"""Writes an answer to standard output in the form that was asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from timeline import render
from timeline.cli.options import TYPED, colored
from timeline.cli.outcome import harmless, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from timeline.cli.options import Style
    from timeline.page import Basis, Listing
    from timeline.render.book import Book

    Text = Callable[[int, bool], str]

Answer = TypeVar("Answer")


class Forms(NamedTuple):
    """One answer in each form, made only when it is written.

    Attributes:
        text: for a width, with colour or without.
        json: one document.
        lines: JSON lines.
        csv: lines of CSV.
        book: the tables with typed columns.
    """

    text: Text
    json: Callable[[], Iterator[str]]
    lines: Callable[[], Iterator[str]]
    csv: Callable[[], Iterator[str]]
    book: Callable[[], Book]


def write(forms: Forms, style: Style, basis: Basis | None = None) -> None:
    """Write the answer; lines and CSV have no place for the basis, so it is said beside them where a clock was set."""
    if style.format in {"jsonl", "csv"}:
        _say_basis(basis)
    if style.output:
        _write_file(forms, style)
    elif style.format in TYPED:
        _write_typed(forms, style)
    elif style.format == "text":
        write_text(forms.text, style)
    else:
        write_data(_texts(forms, style))


def _texts(forms: Forms, style: Style) -> Iterable[str]:
    match style.format:
        case "json":
            return forms.json()
        case "jsonl":
            return forms.lines()
        case "csv":
            return forms.csv()
        case _:
            return [forms.text(style.width or 80, style.color == "always")]


def _write_file(forms: Forms, style: Style) -> None:
    """Write to a file, complete or not at all."""
    from pathlib import Path

    from timeline.cli.replacing import replacing

    texts = () if style.format in TYPED else _texts(forms, style)
    with replacing(Path(style.output), force=style.force) as file:
        if style.format in TYPED:
            _put_typed(file, forms, style)
        for text in texts:
            file.write(text.encode("utf-8", "backslashreplace"))
    say(f"written: {style.output}")


def _write_typed(forms: Forms, style: Style) -> None:
    """Write to standard output, which cannot be written from its start again."""
    from io import BytesIO

    whole = BytesIO()
    _put_typed(whole, forms, style)
    sys.stdout.flush()
    sys.stdout.buffer.write(whole.getbuffer())
    sys.stdout.buffer.flush()


def _put_typed(file: BinaryIO, forms: Forms, style: Style) -> None:
    if style.format == "xlsx":
        render.workbook.write_workbook(file, forms.book(), style.command)
    else:
        render.parquet.write_parquet(file, forms.book(), style.command)


def write_listing(listing: Listing, style: Style) -> None:
    """Write a listing."""
    forms = Forms(
        text=lambda width, color: render.text.listing_text(listing, width, color=color),
        json=lambda: render.data.json_text(render.data.listing_json(listing)),
        lines=lambda: render.data.listing_lines(listing),
        csv=lambda: render.sheet.listing_csv(listing),
        book=lambda: render.book.listing_book(listing),
    )
    write(forms, style, listing.basis)


def named_table(made: Callable[[], Answer]) -> Answer:
    """What is made of a table that a person names.

    Raises:
        BadParameter: there is none of this name; those that there are are told.
    """
    try:
        return made()
    except render.sheet.TableUnknown as error:
        raise click.BadParameter(str(error), param_hint="--table") from None


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
    """Write data as UTF-8, whatever the terminal's encoding; a terminal gets signs for what it would obey."""
    sys.stdout.flush()
    if sys.stdout.isatty():
        chunks = (harmless(chunk) for chunk in chunks)
    for chunk in chunks:
        sys.stdout.buffer.write(chunk.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
