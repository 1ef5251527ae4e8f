"""A command line over a made-up database."""

import pytest

import timeline
from tests.cli.fake import Ended, FakeTimeline, Run
from timeline.cli import main


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTimeline:
    """The database that commands meet, in an environment that says nothing."""
    found = FakeTimeline()
    monkeypatch.setitem(vars(timeline), "Timeline", found)
    for name in ("TIMELINE_DB", "NO_COLOR", "TERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return found


@pytest.fixture
def run(fake: FakeTimeline, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command and see how it ends."""
    del fake

    def ended(*arguments: str) -> Ended:
        code = main(arguments)
        return Ended(code, *capfd.readouterr())

    return ended
