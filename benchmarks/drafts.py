"""How long drafts take: one text in a process of its own, and many in a batch: `python -m benchmarks.drafts TEXT`.

Beside the first stands what importing a command-line library and SQLite costs, as for `timeline show`. The texts of the
batch differ in the order of their paragraphs, so that none is taken for another.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

RUNS = 5
BESIDE = [sys.executable, "-c", "import click, sqlite3"]


@click.command()
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--published", default="2026-01-09", help="Where the text does not say.")
@click.option("--company", help="Whom it is about. Default: found.")
@click.option("--many", default=1000, help="Texts in the batch.")
def main(text: Path, published: str, company: str | None, many: int) -> None:
    """Draft TEXT, and many variants of it."""
    told = ["--published", published, *(["--company", company] if company else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draft = [sys.executable, "-m", "timeline.cli", "--db", str(folder / "facts.db"), "draft"]
        one = _best([*draft, str(text), *told])
        click.echo(f"one text    {one:.2f} s, {one / _best(BESIDE):.1f} times `import click, sqlite3`")
        _write_variants(text, folder / "texts", many)
        started = time.perf_counter()
        subprocess.run(
            [*draft, str(folder / "texts"), "-o", str(folder / "drafts"), *told], check=True, stderr=subprocess.PIPE
        )
        seconds = time.perf_counter() - started
        click.echo(f"{many:,} texts {seconds:.0f} s, {seconds / many * 1000:.0f} ms each")


def _best(words: list[str]) -> float:
    return min(_seconds(words) for _ in range(RUNS))


def _seconds(words: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - started


def _write_variants(text: Path, folder: Path, many: int) -> None:
    folder.mkdir()
    title, *body = text.read_text(encoding="utf-8").split("\n")
    for number in range(many):
        random.Random(number).shuffle(body)  # noqa: S311 - nothing secret
        (folder / f"{number}.txt").write_text("\n".join([f"{title} {number}", *body]), encoding="utf-8")


if __name__ == "__main__":
    main()
