"""Where no PostgreSQL server can be started, tests skip on a laptop and fail in continuous integration."""

from __future__ import annotations

from typing import NoReturn

import pytest

from tests import served, server

pytest_plugins = ["pytester"]

USING_IT = """\
from tests.served import postgres_server

def test_something_on_the_server(postgres_server):
    pass
"""


def none_starts() -> NoReturn:
    raise server.NoServerError("no PostgreSQL server: install one")


@pytest.mark.parametrize(("continuous", "outcome"), [("true", "errors"), ("", "skipped"), (None, "skipped")])
def test_a_server_that_cannot_be_started_is_passed_over_only_outside_continuous_integration(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, continuous: str | None, outcome: str
) -> None:
    monkeypatch.setattr(served, "running_server", none_starts)
    monkeypatch.delenv("CI", raising=False)
    if continuous is not None:
        monkeypatch.setenv("CI", continuous)
    pytester.makepyfile(USING_IT)
    ended = pytester.runpytest_inprocess("-rA", "-p", "no:cacheprovider")
    ended.assert_outcomes(**{outcome: 1})
    ended.stdout.fnmatch_lines("*no PostgreSQL server: install one*")


def test_there_is_no_server_without_its_driver_or_anything_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMELINE_TEST_POSTGRES", raising=False)
    for present in ((), ("psycopg",)):
        monkeypatch.setattr(server, "find_spec", lambda name, present=present: name if name in present else None)
        monkeypatch.setattr(server, "_binaries", lambda: None)
        with pytest.raises(server.NoServerError, match="apt-get install postgresql"), server.running_server():
            pytest.fail("one was started")
