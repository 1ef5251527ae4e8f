"""`timeline roles`: who may write to a database on a server without being able to change it, and who only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.keeping import reported, write_report
from timeline.cli.options import Session, database, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.roles import RolesReport

_MAY = {"writer": "may append, correct, rebuild and erase, and change nothing of the log", "reader": "may only read"}


@click.command(
    short_help="Give rights to writers and readers on a server.",
    epilog=examples(
        "timeline roles --writer research --reader guests",
        "psql -c 'GRANT research TO ann'",
    ),
)
@click.option("--writer", metavar="NAME", help="A role that may append to the log, rebuild and erase.")
@click.option("--reader", metavar="NAME", help="A role that may only read.")
@reported
@database
@click.pass_obj
def roles(session: Session, form: str, writer: str | None, reader: str | None) -> None:
    """Make roles, or give those that are there exactly the rights of a writer or a reader. For the tables' owner.

    A writer cannot update, delete or truncate events, contents and checkpoints, nor touch what guards them; what was
    erased goes by a function that deletes nothing else. A role that is made here cannot log in: grant it to users.

    Run it again after an upgrade of the program, so that new tables have their rights.
    """
    if not (writer or reader):
        raise click.UsageError("Name a role: --writer NAME, --reader NAME or both.")
    report = session.timeline().roles(writer=writer, reader=reader)
    write_report(report, form, lambda: _summary(report))


def _summary(report: RolesReport) -> Iterator[str]:
    for role in report.roles:
        yield f"{role.name}{' (made)' if role.made else ''}: {_MAY[role.rights]}"
    if made := [role.name for role in report.roles if role.made]:
        yield "next, for each user:"
        yield f"  GRANT {made[0]} TO somebody"
