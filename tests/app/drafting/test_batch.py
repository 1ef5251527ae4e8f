"""Drafting many texts: a file for each, the failing ones told, reprints after their originals, and nothing twice."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from timeline.app.drafting.batch import Written, draft_all, texts_of
from timeline.app.drafting.surveying import Failed
from timeline.errors import InvalidInput, Problem, TimelineError, WorkerLost
from timeline.prose.text import read_text

BODY = "\n".join(
    " ".join(f"{word}{line}" for word in ("ala", "beri", "cilo", "donu", "efre") * 6) for line in range(20)
)


def draft_one(path: str, derives_from: str) -> str:
    """A fixture with what a draft's source block has; a text that says so fails."""
    text = read_text(path)
    if text.title == "broken":
        raise InvalidInput([Problem("text-undated", "nothing tells the day", "give it"), Problem("other", "other")])
    if text.title == "defect":
        raise ZeroDivisionError("no such thing")
    if text.title == "deadly":
        os._exit(3)
    origin = f"  derives_from: {derives_from}\n" if derives_from else ""
    head = f"# by {os.getpid()}\nschema: timeline/source/1\nsource:\n"
    return f"{head}  id: id-{Path(path).stem}\n  sha256: {text.sha256}\n{origin}"


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, body in texts.items():
        (folder / f"{name}.txt").write_text(body, encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_text_has_its_file_and_one_that_fails_leaves_the_others(tmp_path: Path, jobs: int) -> None:
    texts = write(tmp_path / "in", one="Orlo one", two="broken", three="defect", four="Orlo four")
    (texts / "five.txt").write_bytes(b"\0\1")
    out = tmp_path / "deep" / "out"
    report = draft_all([str(texts)], str(out), draft_one, jobs=jobs)
    assert names(out) == ["four.yaml", "one.yaml"]
    assert report.written == tuple(
        Written(str(texts / f"{name}.txt"), str(out / f"{name}.yaml")) for name in ("four", "one")
    )
    assert {Path(each.path).stem: (each.what, each.fix) for each in report.failed} == {
        "five": ("this is no text: it has a byte 0 in it", "name a text, an HTML page or a PDF"),
        "three": ("ZeroDivisionError: no such thing", "this is a defect of the program; please report it"),
        "two": ("nothing tells the day (and 1 more)", "give it"),
    }


def test_with_several_jobs_other_processes_draft(tmp_path: Path) -> None:
    texts = write(tmp_path / "in", **{f"t{number}": f"Orlo {number}" for number in range(12)})
    draft_all([str(texts)], str(tmp_path / "out"), draft_one, jobs=2)
    ids = {each.read_text().partition("\n")[0] for each in (tmp_path / "out").iterdir()}
    assert f"# by {os.getpid()}" not in ids
    assert len(names(tmp_path / "out")) == 12


def test_a_process_that_dies_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    texts = write(tmp_path / "in", a="Orlo a", z="deadly")
    with pytest.raises(WorkerLost, match="a process that drafts ended early"):
        draft_all([str(texts)], str(tmp_path / "out"), draft_one, jobs=2)


def test_a_reprint_is_drafted_after_its_original_and_names_it(tmp_path: Path) -> None:
    texts = write(
        tmp_path / "in",
        a_reprint=f"Reprinted: Orlo rises\n10 January 2026\n{BODY}\nBy a newspaper.",
        original=f"Orlo rises\n9 January 2026\n{BODY}",
        z_reprint=f"Again: Orlo rises\n11 January 2026\n{BODY}\nBy another newspaper, late.",
        other="Fjord falls\n8 January 2026\nAnother text of no more than a few words, which nobody reprints at all.",
    )
    out = tmp_path / "out"
    report = draft_all([str(texts)], str(out), draft_one)
    assert {Path(each.path).stem: each.derives_from for each in report.written} == {
        "a_reprint": "id-original",
        "original": "",
        "other": "",
        "z_reprint": "id-original",
    }
    assert "derives_from: id-original" in (out / "z_reprint.yaml").read_text()


def test_a_reprint_that_is_added_later_still_finds_its_original(tmp_path: Path) -> None:
    texts = write(tmp_path / "in", original=f"Orlo rises\n9 January 2026\n{BODY}")
    draft_all([str(texts)], str(tmp_path / "out"), draft_one)
    write(texts, reprint=f"Reprinted\n10 January 2026\n{BODY}")
    (found,) = draft_all([str(texts)], str(tmp_path / "out"), draft_one).written
    assert found.derives_from == "id-original"


def test_of_two_files_with_the_same_text_one_is_drafted(tmp_path: Path) -> None:
    texts = write(tmp_path / "in", a="Orlo rises", b="Orlo rises")
    report = draft_all([str(texts)], str(tmp_path / "out"), draft_one)
    assert report.same == ((str(texts / "b.txt"), str(texts / "a.txt")),)
    assert names(tmp_path / "out") == ["a.yaml"]


def test_what_stands_of_the_same_text_is_not_drafted_again(tmp_path: Path) -> None:
    texts, out = write(tmp_path / "in", a="Orlo a", b="Orlo b"), tmp_path / "out"
    draft_all([str(texts)], str(out), draft_one)
    edited = (out / "a.yaml").read_text() + "# a person's own note\n"
    (out / "a.yaml").write_text(edited)
    (out / "b.yaml").unlink()
    again = draft_all([str(texts)], str(out), draft_one)
    assert (again.standing, [each.path for each in again.written]) == ((str(texts / "a.txt"),), [str(texts / "b.txt")])
    assert (out / "a.yaml").read_text() == edited
    forced = draft_all([str(texts)], str(out), draft_one, force=True)
    assert (forced.standing, len(forced.written)) == ((), 2)
    assert "own note" not in (out / "a.yaml").read_text()


def test_what_stands_of_another_text_is_kept_and_told(tmp_path: Path) -> None:
    texts, out = write(tmp_path / "in", a="Orlo a"), tmp_path / "out"
    out.mkdir()
    (out / "a.yaml").write_text("mine")
    report = draft_all([str(texts)], str(out), draft_one)
    assert report.failed == (
        Failed(
            str(texts / "a.txt"),
            f"{out / 'a.yaml'} is there already, and not of this text",
            "name another folder, or add --force to replace it",
        ),
    )
    assert (out / "a.yaml").read_text() == "mine"


def test_texts_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", a="Orlo a"), write(tmp_path / "two", a="Orlo b", A="Orlo c")
    (tmp_path / "two-a.txt").write_text("Orlo d")
    report = draft_all([str(one), str(two), str(tmp_path / "two-a.txt")], str(tmp_path / "out"), draft_one)
    assert len({each.output.casefold() for each in report.written}) == 4 - (names(two) == ["a.txt"])
    assert report.failed == ()


def test_a_folder_is_searched_at_any_depth_without_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path / "in", b="b", a="a")
    write(tmp_path / "in" / "deep", c="c")
    write(tmp_path / "in" / ".hidden", d="d")
    (tmp_path / "in" / "page.HTML").write_text("x")
    (tmp_path / "in" / "notes.md").write_text("x")
    found = texts_of([str(tmp_path / "in"), str(tmp_path / "in" / "a.txt"), "elsewhere.md"])
    assert [path.removeprefix(f"{tmp_path}/in/") for path in found] == [
        "a.txt",
        "b.txt",
        "deep/c.txt",
        "page.HTML",
        "elsewhere.md",
    ]


def test_a_folder_without_texts_and_one_that_cannot_be_made_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="holds no text"):
        texts_of([str(tmp_path)])
    (tmp_path / "file").write_text("x")
    with pytest.raises(TimelineError, match="cannot be made"):
        draft_all([str(tmp_path / "file")], str(tmp_path / "file" / "out"), draft_one)


def test_progress_goes_through_all_texts_twice(tmp_path: Path) -> None:
    texts, told = write(tmp_path / "in", a="Orlo a", b="Orlo b", c="broken"), list[tuple[str, int, int]]()
    draft_all([str(texts)], str(tmp_path / "out"), draft_one, lambda *step: told.append(step))
    assert [(Path(path).stem, done, total) for path, done, total in told] == [
        *[("a", 1, 3), ("b", 2, 3), ("c", 3, 3)],
        *[("a", 1, 3), ("b", 2, 3), ("c", 3, 3)],
    ]


def test_nothing_half_is_left_where_a_draft_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *_: object, **__: object) -> None:
        self.touch()
        raise OSError(28, "No space left on device")

    texts = write(tmp_path / "in", a="Orlo a")
    monkeypatch.setattr(Path, "write_text", full)
    (failed,) = draft_all([str(texts)], str(tmp_path / "out"), draft_one).failed
    assert "No space left on device" in failed.what
    assert names(tmp_path / "out") == []


def test_memory_hardly_grows_with_the_number_of_texts(tmp_path: Path) -> None:
    peaks = []
    for count in (10, 60):
        texts = write(
            tmp_path / f"in{count}",
            **{
                f"t{number}": f"Orlo {number}\n" + " ".join(f"w{number}x{at}" for at in range(2_000))
                for number in range(count)
            },
        )
        tracemalloc.start()
        draft_all([str(texts)], str(tmp_path / f"out{count}"), draft_one, jobs=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 50 < 100_000, f"{(peaks[1] - peaks[0]) / 50:,.0f} bytes a text"
