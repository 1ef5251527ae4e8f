"""An import locks nobody out while it reads, and takes only what it has checked."""

from __future__ import annotations

import io
import os
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.app.transfer.logs import WORLD, export, load, log
from tests.laws import bases
from tests.laws.worlds import REGISTER
from timeline import Timeline
from timeline.app.transfer import imports
from timeline.app.transfer.checked import checked
from timeline.errors import InvalidInput
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("impatient")
def test_others_write_while_an_import_waits_for_a_slow_pipe(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, (reading, writing) = tmp_path / "facts.db", os.pipe()
    bases.load(path, [REGISTER])
    data = "".join(export(small)).encode()
    with open(writing, "wb", buffering=0) as pipe, open(reading) as stdin:  # noqa: PTH123 - descriptors
        monkeypatch.setattr("sys.stdin", stdin)
        importing = threading.Thread(target=lambda: Timeline.open(path).import_(["-"]))
        importing.start()
        pipe.write(data[:1000])
        bases.load(path, WORLD)
        pipe.write(data[1000:])
        pipe.close()
        importing.join()
    assert {event["id"] for event in Timeline.open(path).events().rows} >= {
        event["id"] for event in Timeline.open(small).events().rows
    }


def test_what_others_wrote_meanwhile_is_compared_with_what_is_imported(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "facts.db", checked
    lines = export(small)

    def slow(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]  # whatever they are
        bases.load(path, [REGISTER])
        return found

    monkeypatch.setattr(imports, "checked", slow)
    report = load(path, lines)
    assert not report.restored
    assert report.unchanged == 3
    assert report.position == len(lines) - 1


def test_a_file_that_changes_between_check_and_import_is_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file, real = tmp_path / "facts.db", tmp_path / "0.jsonl", checked
    lines = export(small)

    def slow(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]  # whatever they are
        file.write_text("".join(lines).replace("5 million", "9 million"), encoding="utf-8")
        return found

    monkeypatch.setattr(imports, "checked", slow)
    with pytest.raises(InvalidInput, match="the file was changed while it was imported"):
        load(path, lines)
    with closing(open_writer(path)) as writer:
        assert writer.log.head() == 0


def test_a_file_that_is_refused_makes_no_database(small: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="export-short"):
        load(tmp_path / "facts.db", export(small)[:-1])
    assert not (tmp_path / "facts.db").exists()


def test_standard_input_that_was_read_from_before_is_read_from_there(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mail.txt"
    file.write_text("Dear Lei,\n" + "".join(export(small)), encoding="utf-8")
    with file.open("rb") as stream:
        stream.readline()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
        Timeline.open(tmp_path / "facts.db").import_(["-"])
    assert log(tmp_path / "facts.db") == log(small)
