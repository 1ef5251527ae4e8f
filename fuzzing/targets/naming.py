"""Names: folded to be compared, made slugs, told in messages and on a terminal."""

from timeline import naming
from timeline.app.searching.words import folded, words
from timeline.intake.form import slug
from timeline.intake.wording import nearest, printable, shown
from timeline.render.typeset import cells, cut, visible, wrapped

SEEDS = ("Xiaomi Corporation", "小米集團", "BYD Co. Ltd.", "Ünïcödé", "a\u202eb\x1b[31m", "ﷺ")
WORDS = ("\u202e", "\u200d", "\x1b[", "İ", "ß", "e\u0301", "\ufdfa", "小", "\u2066", "\x9b")
LARGEST = 512
_WIDTH = 40


def run(data: bytes) -> None:
    """No form of a name blows it up, and none that is shown acts on a terminal."""
    text = data.decode("utf-8", "replace")
    assert len(naming.folded(text)) + len(folded(text)) <= 40 * len(text) + 8
    assert len(slug(text)) <= 40 * len(text) + 8
    assert words(folded(text)) is not None
    assert nearest(text, ["Xiaomi", "BYD"]) is not None
    assert shown(text).isprintable()
    assert len(printable(text)) == len(text)
    told = visible(text)
    assert visible(told) == told
    assert cells(cut(told, _WIDTH)) <= _WIDTH
    assert "".join("".join(wrapped(told, _WIDTH)).split()) == "".join(told.split())
