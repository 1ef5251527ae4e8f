"""No key, token or password of anybody's stands in a file of this project; looked for without the network."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}
LARGEST = 4 * 1024 * 1024
SECRET = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY"
    rb"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # a cloud provider's access key
    rb"|\bgh[pousr]_[0-9A-Za-z]{36}|\bgithub_pat_[0-9A-Za-z_]{60}|\bglpat-[0-9A-Za-z_-]{20}"
    rb"|\bxox[abprs]-[0-9A-Za-z-]{20}|\bpypi-AgE[0-9A-Za-z_-]{40}|\bnpm_[0-9A-Za-z]{36}|\bAIza[0-9A-Za-z_-]{35}"
    rb"|\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}"  # a signed JSON web token
    rb"|[a-z+]{2,12}://[0-9A-Za-z._%-]+:(?!\$|<|\{|%s|secret@|password@)[^\s/@:'\"`]{3,}@[0-9A-Za-z.-]+"
)


def files() -> list[Path]:
    """The project's own, those that tools write aside."""
    found = (path for path in ROOT.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(
        path
        for path in found
        if NOT_OURS.isdisjoint(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") or part == ".hypothesis" for part in path.relative_to(ROOT).parts)
        and path.stat().st_size <= LARGEST
    )


def test_no_file_holds_a_secret() -> None:
    held = {str(path.relative_to(ROOT)): found[0] for path in files() if (found := SECRET.search(path.read_bytes()))}
    assert held == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "key = AKIA" + "Q" * 16,
        "token: ghp_" + "a1" * 18,
        "postgresql://timeline:" + "hunter2@db.example.com/facts",
        "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + "." + "c" * 12,
    ],
)
def test_a_secret_is_seen(text: str) -> None:
    assert SECRET.search(text.encode())


def test_a_digest_is_no_secret() -> None:
    assert not SECRET.search(
        b"--hash=sha256:" + b"0a" * 32 + b" https://user.example.com/a@b postgresql://user@host/db"
    )
