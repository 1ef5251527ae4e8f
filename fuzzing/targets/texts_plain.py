"""Texts in any encoding."""

from fuzzing import prose
from fuzzing.prose import ARTICLE, SHORT
from fuzzing.texts import read

SEEDS = (
    ARTICLE,
    ARTICLE.replace("\n", "\r\n\r\n").encode("utf-8-sig"),
    SHORT[0].encode("utf-16"),
    SHORT[1].encode("utf-32"),
    ARTICLE.encode("gb18030"),
    "Die Erlöse stiegen um 5 %, über alle Märkte hinweg; dies wäre größer.\n".encode("cp1252"),
)
WORDS = (*prose.WORDS[:8], "\0", "\ufeff", "\u2028", "\x0c", "e\u0301", "<html>", "<!--", "%PDF-")


def run(data: bytes) -> None:
    """A text with its paragraphs, or a message."""
    read(data, "fuzzed.txt")
