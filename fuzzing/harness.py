"""What holds for every target: which inputs count as survived, and the limits of time, memory and writing."""

from __future__ import annotations

import atexit
import os
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final, Protocol, cast

from click import ClickException

from fuzzing import targets
from timeline.errors import ParseProblem, TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 6.0 if "coverage" in sys.modules else 2.0
"""Of processor time that one input may take. An instrumented program runs some five times slower than a plain one."""

MEMORY: Final = 1024 * 1024 * 1024
"""Bytes by which the process may grow at one input; on Linux only."""

LARGEST: Final = 2048
"""Bytes of an input, where its target says nothing else."""

_EXPECTED: Final = (TimelineError, ParseProblem, ClickException)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES: Final = frozenset({"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink"})
_PROCESSES: Final = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect"})


class Target(Protocol):
    """A module of `fuzzing.targets`.

    Attributes:
        SEEDS: inputs to begin with, most of them sound.
        WORDS: what is worth putting into an input.
    """

    SEEDS: tuple[str | bytes, ...]
    WORDS: tuple[str, ...]

    def run(self, data: bytes) -> None:
        """Feed one input to the code."""


class Defect(AssertionError):
    """An input did what none may do."""


def names() -> tuple[str, ...]:
    """All targets."""
    return tuple(module.name for module in iter_modules(targets.__path__))


def target(name: str) -> Target:
    """A target by its name."""
    return cast("Target", import_module(f"fuzzing.targets.{name}"))


def seeds(name: str) -> tuple[bytes, ...]:
    """What a target begins with."""
    return tuple(seed if isinstance(seed, bytes) else seed.encode() for seed in target(name).SEEDS)


def check(tried: Target, data: bytes) -> None:
    """Feed an input to a target.

    Raises:
        Defect: it took too long or wrote where it may not.
        BaseException: whatever else the code raises and should not.
    """
    started = time.process_time()
    try:
        with _guarded():
            tried.run(data)
    except _EXPECTED:
        pass
    if (taken := time.process_time() - started) > SECONDS:
        raise Defect(f"{taken:.1f} s for an input of {len(data)} bytes")


def typed(data: bytes) -> str:
    """An input as the command line hands it over, with whatever bytes are no text."""
    return data.replace(b"\0", b"").decode("utf-8", "surrogateescape")


@cache
def scratch() -> Path:
    """The one folder in which files may be written; it goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="fuzzing-")
    atexit.register(folder.cleanup)
    return Path(folder.name).resolve()


def written(name: str, data: bytes) -> str:
    """An input as a file."""
    file = scratch() / name
    file.write_bytes(data)
    return str(file)


@contextmanager
def frugal() -> Iterator[None]:
    """Within, memory ends at the limit."""
    if sys.platform != "linux":
        yield
        return
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


class _Guard:
    """Watches what is opened, removed and started while an input is tried.

    Attributes:
        on: whether an input is tried just now.
    """

    def __init__(self) -> None:
        self.on = False
        self.installed = False

    def hear(self, event: str, args: tuple[object, ...]) -> None:
        """Python's own account of what it is about to do."""
        if not self.on:
            return
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITING:
            self._refuse_outside(event, args[0])
        elif event in _CHANGES:
            self._refuse_outside(event, _within(args[0], args[-1]))
        elif event in _PROCESSES:
            raise Defect(f"{event}{args!r}")

    def _refuse_outside(self, event: str, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return
        place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  nothing is to be looked up
        if place != os.devnull and not f"{place}{os.sep}".startswith(f"{scratch()}{os.sep}"):
            raise Defect(f"{event} {place!r}")


def _within(path: object, folder: object) -> object:
    """A path that is told from a folder that was opened, which is how trees are removed."""
    if isinstance(path, str) and isinstance(folder, int) and folder >= 0 and sys.platform == "linux":
        return f"{os.readlink(f'/proc/self/fd/{folder}')}/{path}"  # noqa: PTH115
    return path


_GUARD: Final = _Guard()


@contextmanager
def _guarded() -> Iterator[None]:
    if not _GUARD.installed:
        sys.addaudithook(_GUARD.hear)
        _GUARD.installed = True
        scratch()
    before, tempfile.tempdir = tempfile.tempdir, str(scratch())
    _GUARD.on = True
    try:
        yield
    finally:
        _GUARD.on = False
        tempfile.tempdir = before
