"""The SQLite that reads and writes the file, and how it keeps what was acknowledged."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from timeline.app.keeping.doctor.line import Line
from timeline.store import driver
from timeline.store.header import has_write_ahead_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor.line import Patient, Place

_INSTALL = "python -m pip install pysqlite3"
_FULL = 2
"""From here on, each commit is on the disk before it is acknowledged."""


def version(_place: Place) -> Iterator[Line]:
    """Which SQLite, and whether its write-ahead log may be used."""
    module = driver.sqlite
    name = f"SQLite {module.sqlite_version} by {module.__name__.partition('.')[0]}"
    if driver.wal_is_safe(module.sqlite_version_info):
        yield Line(check="sqlite", status="ok", what=f"{name}; its write-ahead log is safe")
        return
    what = f"{name} can corrupt a write-ahead log under two connections (mended in 3.51.3, 3.50.7 and 3.44.6)"
    yield Line(
        check="sqlite", status="warning", what=f"{what}; it is not used, so that readers and writers wait", fix=_INSTALL
    )


def journal(patient: Patient) -> Iterator[Line]:
    """Whether readers go on beside a writer, and safely so."""
    (mode,) = patient.connection.execute("PRAGMA journal_mode").fetchone()
    if has_write_ahead_log(patient.place.path):  # a file that is read as one that cannot change does not say so
        mode = "wal"
    wanted = driver.journal_mode()
    if mode == wanted:
        also = "readers go on while others write" if mode == "wal" else "readers and writers wait for each other"
        yield Line(check="journal", status="ok", what=f"{mode}: {also}")
    elif wanted == "delete":
        what = f"{mode}, which this SQLite can corrupt; the next writing command leaves it"
        yield Line(check="journal", status="warning", what=what, fix=patient.place.command("rebuild"))
    else:
        what = f"{mode}: readers and writers wait for each other until the next writing command sets {wanted}"
        yield Line(check="journal", status="note", what=what, fix=patient.place.command("rebuild"))


def synchronous(_patient: Patient) -> Iterator[Line]:
    """Whether what was acknowledged outlasts a power cut, on a connection set up as those that write."""
    from timeline.store import writer

    with closing(driver.sqlite.connect(":memory:", isolation_level=None)) as connection:
        for setting in writer.SETTINGS:
            connection.execute(f"PRAGMA {setting}").fetchone()
        (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if level >= _FULL:
        yield Line(check="synchronous", status="ok", what="full: what was acknowledged outlasts a power cut")
    else:
        what = f"level {level}: a power cut may lose what was acknowledged"
        yield Line(check="synchronous", status="error", what=what, fix=_INSTALL)
