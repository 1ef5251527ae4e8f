"""Drafting many texts: a file for each, several at once, and what went before is not done again.

First each text is surveyed: its hash and a sample of its shingles, by which those that reprint others of the batch are
told. Then all are drafted, originals before what derives from them, so that these can name their source. Of a text no
more than its sample is held, so that memory hardly grows with their number. A text that cannot be drafted is told, and
the others are.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from msgspec import Struct

from timeline.app.drafting.pool import in_turn, pool
from timeline.app.drafting.surveying import Failed, Surveyed, failed, origins, survey
from timeline.app.rebuilding.workers import usable_cores
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.app.drafting.pool import Pool
    from timeline.app.progress import Progress

DraftOne: TypeAlias = Callable[[str, str], str]
"""Drafts the text of a path, deriving from the source of an id or from none (""); gives the fixture's text."""

SUFFIXES: Final = (".txt", ".html", ".htm", ".xhtml", ".pdf")
"""Of the files of a folder that are taken for texts."""

_FEW: Final = 8
"""Texts for which other processes are not worth starting."""

_SHA256: Final = re.compile(r"^\s+sha256: [\"']?([0-9a-f]{64})\b", re.MULTILINE)
_ID: Final = re.compile(r"^\s+id: [\"']?([a-z0-9._-]+)", re.MULTILINE)
_HEAD: Final = 16 * 1024
"""Characters of a fixture in which its source block stands."""


class Written(Struct, frozen=True):
    """A fixture that was written.

    Attributes:
        path: of the text.
        output: of the fixture.
        derives_from: id of the source of the batch that it is taken for a reprint of; empty for none.
    """

    path: str
    output: str
    derives_from: str = ""


class BatchReport(Struct, frozen=True, kw_only=True):
    """What came of many texts.

    Attributes:
        written: by path of the text.
        standing: paths of texts of which a fixture stood already.
        same: by path, the path of the text before it that has the same characters; no fixture is written of it.
        failed: by path of the text.
    """

    written: tuple[Written, ...] = ()
    standing: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    failed: tuple[Failed, ...] = ()


class _Task(NamedTuple):
    path: str
    output: Path
    derives_from: str
    draft_one: DraftOne


def texts_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The files that are named, and those of the folders that are, at any depth; each once, sorted within a folder.

    Raises:
        TimelineError: a folder holds no text.
    """
    found: dict[str, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            found[str(path)] = None
            continue
        inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
        inside = [each for each in inside if not any(part.startswith(".") for part in each.relative_to(path).parts)]
        if not inside:
            raise TimelineError(f"{path} holds no text", f"there has to be a file that ends with {', '.join(SUFFIXES)}")
        found.update(dict.fromkeys(map(str, inside)))
    return tuple(found)


def draft_all(
    paths: Iterable[str],
    output: str,
    draft_one: DraftOne,
    progress: Progress | None = None,
    *,
    jobs: int | None = None,
    force: bool = False,
) -> BatchReport:
    """Draft every text into a folder.

    Args:
        paths: of texts, and of folders of them.
        output: the folder, made where it is not there.
        draft_one: drafts one; has to be picklable, as other processes call it.
        progress: called with a text, how many are done, and of how many; twice through all, as they are read twice.
        jobs: number of processes; None for one a core.
        force: whether to draft again what stands, and to replace what stands of another text.

    Raises:
        TimelineError: the folder cannot be written.
        WorkerLost: a process ended early; what was written stays.
    """
    batch = _Batch(texts_of(paths), _made(output), progress)
    cores = (jobs or usable_cores()) if len(batch.paths) > _FEW else jobs or 1
    with pool(min(cores, len(batch.paths))) as workers:
        batch.survey(workers)
        for some in batch.plan(force=force):
            batch.draft(workers, some, draft_one)
    return batch.report()


def _made(output: str) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise TimelineError(f"{output} cannot be made: {why}", "name another folder with --output") from error
    return folder


class _Batch:
    """Texts on their way to drafts."""

    def __init__(self, paths: Sequence[str], folder: Path, progress: Progress | None) -> None:
        self.paths = paths
        self._progress = progress
        self._outputs = _outputs(paths, folder)
        self._surveyed: list[Surveyed] = []
        self._written: list[Written] = []
        self._standing: list[str] = []
        self._same: list[tuple[str, str]] = []
        self._failed: list[Failed] = []
        self._origins: Mapping[str, str] = {}

    def survey(self, workers: Pool) -> None:
        """Read every text once."""
        for done, (path, found) in enumerate(in_turn(workers, survey, self.paths), 1):
            if isinstance(found, Failed):
                self._failed.append(found)
            else:
                self._surveyed.append(found)
            self._tell(path, done, len(self.paths))
        self._surveyed.sort(key=lambda each: (each.day or "9999", each.path))

    def plan(self, *, force: bool) -> Iterator[list[str]]:
        """The texts to draft: first those that derive from none of the batch, then the others."""
        first: dict[str, str] = {}
        for each in self._surveyed:
            if each.sha256 in first:
                self._same.append((each.path, first[each.sha256]))
            else:
                first[each.sha256] = each.path
        distinct = [each for each in self._surveyed if first[each.sha256] == each.path]
        self._origins = origins(distinct)
        wanted = [each.path for each in distinct if self._is_wanted(each, force=force)]
        self._left = len(wanted)
        self._done = 0
        yield [path for path in wanted if path not in self._origins]
        yield [path for path in wanted if path in self._origins]

    def _is_wanted(self, each: Surveyed, *, force: bool) -> bool:
        """Whether it is to be drafted; what stands of another text may have been worked on, and is not replaced."""
        output = self._outputs[each.path]
        if force or not output.exists():
            return True
        if _named_in(_SHA256, output) == each.sha256:
            self._standing.append(each.path)
        else:
            what = f"{output} is there already, and not of this text"
            self._failed.append(Failed(each.path, what, "name another folder, or add --force to replace it"))
        return False

    def draft(self, workers: Pool, paths: Sequence[str], draft_one: DraftOne) -> None:
        """Draft some, and write each as it is done."""
        tasks = [_Task(path, self._outputs[path], self._derives_from(path), draft_one) for path in paths]
        for task, found in in_turn(workers, _draft, tasks):
            if found is None:
                self._written.append(Written(task.path, str(task.output), task.derives_from))
            else:
                self._failed.append(found)
            self._done += 1
            self._tell(task.path, self._done, self._left)

    def _derives_from(self, path: str) -> str:
        """Id of the source that it derives from, as the draft of that has it; empty where there is none."""
        origin = self._origins.get(path)
        output = origin and self._outputs[origin]
        return _named_in(_ID, output) if output and output.exists() else ""

    def _tell(self, path: str, done: int, total: int) -> None:
        if self._progress:
            self._progress(path, done, total)

    def report(self) -> BatchReport:
        """All of it, by path."""
        return BatchReport(
            written=tuple(sorted(self._written, key=lambda each: each.path)),
            standing=tuple(sorted(self._standing)),
            same=tuple(sorted(self._same)),
            failed=tuple(sorted(self._failed, key=lambda each: each.path)),
        )


def _outputs(paths: Sequence[str], folder: Path) -> dict[str, Path]:
    """A file for each text, named like it; of several of one name, with their folder's, or else a number."""
    taken = set[str]()
    made = {}
    for path in paths:
        stem, parent = Path(path).stem or "text", Path(path).resolve().parent.name
        names = chain((stem, f"{parent}-{stem}"), (f"{stem}-{number}" for number in count(2)))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        made[path] = folder / f"{name}.yaml"
    return made


def _named_in(pattern: re.Pattern[str], fixture: Path) -> str:
    """What a fixture's source block says; empty where it does not."""
    try:
        with fixture.open(encoding="utf-8", errors="replace") as file:
            found = pattern.search(file.read(_HEAD))
    except OSError:
        return ""
    return found[1] if found else ""


def _draft(task: _Task) -> Failed | None:
    try:
        _write(task.output, task.draft_one(task.path, task.derives_from))
    except Exception as error:  # noqa: BLE001 - one text must not end the others
        return failed(task.path, error)
    return None


def _write(output: Path, fixture: str) -> None:
    half = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        half.write_text(fixture, encoding="utf-8")
        half.replace(output)
    finally:
        half.unlink(missing_ok=True)
