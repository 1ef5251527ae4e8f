"""Options that commands share, and what they amount to."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO, TypeVar, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from timeline import Timeline

    Command = TypeVar("Command", bound=Callable[..., Any])

Format = Literal["text", "json", "jsonl", "csv", "xlsx", "parquet"]
FORMATS = ("text", "json", "jsonl", "csv", "xlsx", "parquet")
TYPED = ("xlsx", "parquet")
"""Forms that are no text: files of tables with typed columns."""
TABLES = ("csv", *TYPED)
"""Forms in which an answer is tables, of which one can be chosen."""


class Session(NamedTuple):
    """What holds for the whole call.

    Attributes:
        db: the database as named by option or environment; None for the user's own.
        color: auto, always or never.
    """

    db: str | None = None
    color: str = "auto"

    def timeline(self) -> Timeline:
        """The database, not yet connected."""
        from timeline import Timeline

        return Timeline.open(self.db)

    def command(self, *words: str) -> str:
        """A command that a person can run next on the same database."""
        import shlex

        from timeline.store.database import shown

        named = self.db if self.db != os.environ.get("TIMELINE_DB") else None
        return shlex.join(["timeline", *(("--db", shown(named)) if named else ()), *words])


class Style(NamedTuple):
    """How an answer is to be written.

    Attributes:
        format: text, json, jsonl, csv, xlsx or parquet.
        color: auto, always or never.
        width: of the text in characters; None for the terminal's, or 80.
        pager: whether a text longer than the screen goes through a pager.
        output: the file to write to; empty for standard output.
        force: whether it may take another file's place.
        command: the words that ask for the same again.
    """

    format: Format = "text"
    color: str = "auto"
    width: int | None = None
    pager: bool = True
    output: str = ""
    force: bool = False
    command: str = ""


def colored(choice: str, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: as asked, else on a terminal that takes colours and nobody objects."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def database_option(envvar: str | None = None, **more: Any) -> Callable[[Command], Command]:  # noqa: ANN401 - click's own
    """`--db`; on the program it reads the environment, on a command it overrides the program's."""
    return click.option(
        "--db",
        metavar="PATH|URL",
        envvar=envvar,
        show_envvar=envvar is not None,
        help="The database, a file or URL. Default: one of your own.",
        **more,
    )


def examples(*lines: str) -> str:
    """The end of a command's help: commands to try, each in its line."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _override(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def put(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None and isinstance(context.obj, Session):
            context.obj = context.obj._replace(**{name: value})

    return put


def database(command: Command) -> Command:
    """Let a command, too, take `--db`."""
    return database_option(expose_value=False, callback=_override("db"))(command)


_COLORS = click.Choice(["auto", "always", "never"])
color_option = click.option(
    "--color",
    type=_COLORS,
    metavar="WHEN",
    default="auto",
    help="auto (on a terminal without NO_COLOR), always, never.",
)
_color_override = click.option(
    "--color",
    type=_COLORS,
    metavar="WHEN",
    expose_value=False,
    callback=_override("color"),
    help="auto, always or never.",
)


def reading(command: Command) -> Command:
    """The options of every reading command; the command gets `session` and `style`."""

    @functools.wraps(command)
    @click.pass_obj
    def run(
        session: Session,
        /,
        *,
        form: Format | None,
        short: Format | None,
        width: int | None,
        no_pager: bool,
        output: str | None,
        force: bool,
        **rest: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if short and form not in {None, short}:
            raise click.UsageError(f"--{short} and --format {form} exclude each other.")
        path = "" if output in {None, "-"} else str(output)
        asked = short or form or _format_of(path) or "text"
        if asked in TYPED and not path and sys.stdout.isatty():
            raise click.UsageError(f"--format {asked} is no text for a terminal; add -o FILE.")
        style = Style(asked, session.color, width, not no_pager, path, force, _typed_again())
        return command(session, style, **rest)

    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            metavar="FORM",
            help="text (default), json, jsonl, csv, xlsx or parquet.",
        ),
        click.option("--json", "short", flag_value="json", help="Short for --format json."),
        click.option("--jsonl", "short", flag_value="jsonl", help="Short for --format jsonl."),
        click.option(
            "--width",
            type=click.IntRange(min=20),
            metavar="N",
            help="Text width. Default: the terminal's, or 80.",
        ),
        click.option("--no-pager", is_flag=True, help="Never use a pager."),
        click.option(
            "-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, whose ending says the FORM."
        ),
        click.option("--force", is_flag=True, help="Let the file replace another one."),
        _color_override,
    )
    return database(cast("Command", _decorated(run, options)))


def _format_of(path: str) -> Format | None:
    """The form that a file's name ends with; None for any other ending."""
    ending = path.rpartition(".")[2].lower()
    return cast("Format", ending) if ending in FORMATS and ending != "text" and "." in path else None


_HOW = ("form", "short", "width", "no_pager", "output", "force")


def _typed_again() -> str:
    """The command with what was asked, and without how and where it is written or which database was read."""
    import shlex

    context = click.get_current_context()
    words = [word for param in context.command.params for word in _words(context, param)]
    return shlex.join(["timeline", context.command.name or "", *words])


def _words(context: click.Context, param: click.Parameter) -> list[str]:
    value = context.params.get(param.name or "")
    if param.name in _HOW or value in {None, False, ()}:
        return []
    values = [str(each) for each in value] if isinstance(value, tuple) else [str(value)]
    if isinstance(param, click.Argument):
        return values
    name = max(param.opts, key=len)
    return [name] if value is True else [word for each in values for word in (name, each)]


def _decorated(command: Callable[..., Any], options: tuple[Callable[[Any], Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


_as_of = click.option("--as-of", metavar="TIME", help="Only what was public by then, a day or a time.")
_as_recorded = click.option(
    "--as-recorded", metavar="TIME", help="Only what was recorded by then, a time or a position."
)


def clocks(command: Command) -> Command:
    """Both clocks: the command gets `as_of` and `as_recorded` as typed."""
    return _as_of(_as_recorded(command))


def company_argument(metavar: str = "[COMPANY]") -> Callable[[Command], Command]:
    """A company by slug, name, alias or identifier, completed from the database; None where none is named."""
    return click.argument("company", required=False, metavar=metavar, shell_complete=complete_company)


def complete_company(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Slugs that begin so, with names; nothing at all where the database cannot say."""
    from click.shell_completion import CompletionItem

    from timeline.errors import TimelineError

    with contextlib.suppress(TimelineError):
        found = Session(db=_typed_database(context)).timeline().complete_companies(incomplete)
        return [CompletionItem(slug, help=name) for slug, name in found]
    return []


def _typed_database(context: click.Context) -> str | None:
    """The nearest `--db`: callbacks have not run while a shell completes."""
    return next((db for db in (context.params.get("db"), context.find_root().params.get("db")) if db), None)
