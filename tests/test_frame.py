"""The project's own files: a lock that installs the same everywhere, for everything that the project names."""

import re
import tomllib
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;]+)", LOCK, re.MULTILINE))


def named_requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["build-system"]["requires"] + project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    del extras["fuzz"]  # installed by `make fuzz` alone, as it has no wheels for some versions of Python
    named += chain.from_iterable(extras.values())
    return [Requirement(text) for text in named]


def test_the_lock_names_no_place_to_download_from() -> None:
    assert [line for line in LOCK.splitlines() if re.search(r"://| @ |--(index|extra|find|trusted)", line)] == []


def test_the_lock_pins_everything_that_the_project_names_within_its_bounds() -> None:
    unmet = [
        str(requirement)
        for requirement in named_requirements()
        if not requirement.specifier.contains(PINS.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == []


def test_the_lock_asks_for_a_bundled_sqlite_exactly_where_it_comes_as_a_wheel() -> None:
    line = next(line for line in LOCK.splitlines() if line.startswith("pysqlite3=="))
    marker = Requirement(line.rstrip("\\ ")).marker
    assert marker is not None

    def asked(system: str, machine: str, python: str) -> bool:
        named = {"sys_platform": system, "platform_machine": machine, "python_full_version": python}
        return marker.evaluate({**named, "platform_python_implementation": "CPython"})

    assert asked("linux", "x86_64", "3.11.0")
    assert asked("linux", "x86_64", "3.14.9")
    assert not asked("linux", "aarch64", "3.11.0")
    assert not asked("darwin", "x86_64", "3.11.0")
    assert not asked("linux", "x86_64", "3.15.0")


def test_the_lock_gives_hashes_for_every_pin() -> None:
    entries = re.split(r"^(?=[a-z0-9-]+(?:\[[a-z,]+\])?==)", LOCK, flags=re.MULTILINE)[1:]
    pinned = {re.match(r"[a-z0-9-]+", entry).group() for entry in entries}  # type: ignore[union-attr]
    assert pinned == set(PINS)  # one that is pinned twice has a version for each Python
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
