"""SQL is made of constants: what a source or a person wrote reaches the database as a parameter, and only so.

Read from the program's text, as a query that was put together of data may never be met by a test of what it does. The
few parts that are no constants are listed here, each with why it can hold nothing foreign.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import timeline

ROOT = Path(timeline.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef
RUNNING = dict.fromkeys(("execute", "executemany", "executescript", "exec_driver_sql"), 0)
REVIEWED = {
    "*(str(table.__tablename__) for table in DERIVED)": "names of declared tables",
    "*_LOG": "likewise",
    "sql.SQL('LISTEN {}').format(sql.Identifier(connection.schema))": "a quoted name",
    "sql.SQL(f'ALTER TABLE {{}} {what}').format(*map(sql.Identifier, (table, *names)))": "constants and quoted names",
    "sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})": "likewise",
    "table.__tablename__": "the name of a declared table",
    "', '.join((column.name for column in table.__table__.columns))": "columns of a table's declaration",
    "', '.join(columns)": "columns of a table's declaration",
    "_insert(table, tuple(columns), 1)": "made of a table's declaration",
    "_insert(table, tuple(columns), _ROWS)": "likewise",
    "answer.sql": "what was said before, where it was looked at",
    "', '.join((dialect.exact(name, kind) for name, kind in _COLUMNS.items()))": "declared columns",
    "_exactly(dialect_of(self._connection))": "a constant, as the kind of database writes it",
    "_table(index)": "one of the two tables of words",
    "column": "one of the columns that the methods of the reader name",
    "dialect.exact('hash', 'blob')": "a declared column",
    "driver.journal_mode()": "a name of SQLite's, by its version",
    "held": "conditions on a text of words, with parameters",
    "insert_into(CheckpointRow)": "made of a table's declaration",
    "insert_into(TreeNodeRow)": "likewise",
    "most": "a number of the caller's",
    "narrowed.joined()": "nothing, or the condition of `public_sql`",
    "own.schema": "a name that the database's address states, checked where that is read",
    "public_sql(public, _CORRECTED)": "one of the conditions that stand in that function",
    "quoted(name)": "the name of a view, as a topic declares it, in quotes",
    "rows": "the name of a view, in quotes, or the text of one, made of a topic's declaration",
    "select(dialect)": "a constant, as the kind of database writes it",
    "sought": "a constant of the function around the one that runs it",
    "sql": "what a cursor with a number of its own is declared, fetched and closed by, round SQL that was looked at",
    "table": "the name of a declared table",
    "told": "conditions on a text of words, with parameters",
    "translated(sql)": "the same with other signs for its parameters",
    "values": "signs for parameters",
    "wanted[name]": "the text of a view, made of a topic's declaration",
    "where": "conditions that stand in the methods of the reader, with parameters",
    "writer.connection": "no SQL: a connection, handed to a function that is named as another which takes SQL",
}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def passing_on() -> dict[str, int]:
    """Functions that take SQL as an argument of that name, with its place: whoever calls them is looked at instead."""
    taking: dict[str, int] = {}
    for module in modules():
        for function in ast.walk(ast.parse(module.read_text())):
            if isinstance(function, Function):
                names = [argument.arg for argument in function.args.args if argument.arg != "self"]
                taking |= {function.name: names.index("sql")} if "sql" in names else {}
    return taking


def foreign(tree: ast.Module, running: dict[str, int]) -> Iterator[str]:
    """Parts of SQL that are neither constants of a module nor made of such in the function around."""
    for function in ast.walk(tree):
        if isinstance(function, Function):
            for call in ast.walk(function):
                place = running.get(_called(call)) if isinstance(call, ast.Call) else None
                if isinstance(call, ast.Call) and place is not None and len(call.args) > place:
                    yield from _foreign(call.args[place], function)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _foreign(part: ast.expr, function: Function, seen: frozenset[str] = frozenset()) -> Iterator[str]:  # noqa: C901, PLR0912
    match part:
        case ast.Constant():
            return
        case ast.JoinedStr(values):
            for value in values:
                yield from _foreign(value, function, seen)
        case ast.FormattedValue(value, _, format_spec) if ast.unparse(format_spec or ast.Constant("")) == "f'd'":
            return  # nothing but a whole number is formatted so
        case ast.FormattedValue(value):
            yield from _foreign(value, function, seen)
        case ast.BinOp(left, ast.Add(), right):
            yield from (*_foreign(left, function, seen), *_foreign(right, function, seen))
        case ast.IfExp(_, body, orelse):
            yield from (*_foreign(body, function, seen), *_foreign(orelse, function, seen))
        case ast.Name(name) if name.isupper() or name.lstrip("_").isupper():
            return
        case ast.Attribute(_, name) if name.isupper():
            return
        case ast.Call(ast.Attribute(ast.Constant(", "), "join"), [ast.BinOp(ast.Constant("?"), ast.Mult(), _)]):
            return
        case ast.Name("sql") if any(argument.arg == "sql" for argument in function.args.args):
            return  # whoever passes it is looked at
        case ast.Name(name) if name in seen:
            return  # `where += …`: the parts are looked at one by one
        case ast.Name(name) if values := _assigned(name, function):
            for value in values:
                yield from _foreign(value, function, seen | {name})
        case _:
            yield ast.unparse(part)


def _assigned(name: str, function: Function) -> list[ast.expr]:
    """What a name stands for where only assignments and loops of the function bind it, and no argument does."""
    arguments = function.args
    if name in {each.arg for each in (*arguments.args, *arguments.kwonlyargs, *arguments.posonlyargs)}:
        return []
    bound = [each for each in ast.walk(function) if isinstance(each, ast.Name) and each.id == name]
    values = [value for node in ast.walk(function) for value in _bound(name, node)]
    return values if len(values) >= sum(isinstance(each.ctx, ast.Store) for each in bound) else []


def _bound(name: str, node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Assign([ast.Name(target)], value) | ast.AugAssign(ast.Name(target), _, value) if target == name:
            yield value
        case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
            named = zip(targets, values, strict=True)
            yield from (value for each, value in named if isinstance(each, ast.Name) and each.id == name)
        case ast.For(ast.Name(target), looped) | ast.comprehension(ast.Name(target), looped) if target == name:
            yield from looped.elts if isinstance(looped, ast.Tuple) else [looped]


def found() -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    running = RUNNING | passing_on()
    for module in modules():
        for part in foreign(ast.parse(module.read_text()), running):
            told.setdefault(part, set()).add(str(module.relative_to(ROOT)))
    return told


def test_every_query_is_made_of_constants_and_parts_that_were_looked_at() -> None:
    assert {part: where for part, where in found().items() if part not in REVIEWED} == {}


def test_no_part_is_listed_that_no_query_has() -> None:
    assert REVIEWED.keys() - found().keys() == set()


@pytest.mark.parametrize(
    "query",
    ['f"SELECT {name}"', '"SELECT " + name', '"SELECT %s" % name', '"SELECT {}".format(name)', "name", "made(name)"],
)
def test_a_query_that_is_put_together_of_data_is_seen(query: str) -> None:
    tree = ast.parse(f"def read(connection, name):\n    sql = {query}\n    connection.execute(sql)\n")
    assert list(foreign(tree, RUNNING)) != []
