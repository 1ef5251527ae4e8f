"""Asking before something is done that cannot be undone."""

from __future__ import annotations

import sys

import click


def ask(question: str = "Record this?", done: str = "recorded") -> None:
    """Ask on a terminal whether to do what was shown; no is an end as by an interrupt.

    Args:
        question: to be answered by yes or no.
        done: what is not done where there is nobody to ask.

    Raises:
        click.UsageError: there is no terminal to ask on.
    """
    if not sys.stdin.isatty():
        raise click.UsageError(f"Nothing was {done}: there is no terminal to ask on; add --yes.")
    click.confirm(question, abort=True, err=True)
