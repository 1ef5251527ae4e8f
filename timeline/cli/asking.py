"""Asking before something is recorded that was typed."""

from __future__ import annotations

import sys

import click


def ask() -> None:
    """Ask on a terminal whether to record what was shown; no is an end as by an interrupt.

    Raises:
        click.UsageError: there is no terminal to ask on.
    """
    if not sys.stdin.isatty():
        raise click.UsageError("Nothing was recorded: there is no terminal to ask on; add --yes.")
    click.confirm("Record this?", abort=True, err=True)
