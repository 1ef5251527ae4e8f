"""A check-up as text: a line a matter, remedies whole, and how much is wrong."""

from __future__ import annotations

from timeline.render.checkup import checkup_text

OK = {"check": "guards", "status": "ok", "what": "all 9 triggers stand", "fix": ""}
BAD = {
    "check": "permissions",
    "status": "warning",
    "what": "others may read facts.db (644)",
    "fix": "chmod 600 /home/someone/a-long-folder/facts.db",
}


def test_each_matter_has_its_line_and_its_remedy_below() -> None:
    assert checkup_text([OK, BAD], 80, color=False).splitlines() == [
        "ok       guards       all 9 triggers stand",
        "warning  permissions  others may read facts.db (644)",
        "                      fix: chmod 600 /home/someone/a-long-folder/facts.db",
        "2 checks: 1 warning",
    ]


def test_on_a_narrow_screen_words_are_broken_and_commands_are_not() -> None:
    lines = checkup_text([BAD], 50, color=False).splitlines()
    assert lines[:3] == [
        "warning  permissions  others may read facts.db",
        "                      (644)",
        f"                      fix: {BAD['fix']}",
    ]


def test_all_well_is_said() -> None:
    assert checkup_text([OK], 80, color=False).endswith("1 check: all well\n")


def test_names_of_files_cannot_command_a_terminal() -> None:
    assert "\x1b" not in checkup_text([{**BAD, "what": "\x1b[2J", "fix": "rm \x1b[2J"}], 80, color=False)


def test_what_is_wrong_is_coloured() -> None:
    assert checkup_text([BAD], 80, color=True).startswith("\x1b[33mwarning\x1b[0m  permissions")
