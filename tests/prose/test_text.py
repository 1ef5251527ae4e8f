"""Texts of every form as numbered paragraphs, with what they say of themselves; and what cannot be read."""

from __future__ import annotations

import hashlib
import io
import sys
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.prose.article import ARTICLE
from timeline.errors import InvalidInput, TimelineError
from timeline.paragraphs import decoded, paragraphs
from timeline.prose import text as texts
from timeline.prose.text import read_text, text_of

if TYPE_CHECKING:
    from pathlib import Path

LINES = ARTICLE.splitlines()
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>{LINES[0]}</title>
<meta property="article:published_time" content="2026-01-09T09:30:00+08:00">
<meta property="og:site_name" content="Halden Wire">
<link rel="canonical" href="https://halden.example.com/2026/goal"></head>
<body><nav><ul><li>Markets 12%</li><li>Log in</li></ul></nav>
<article><h1>{LINES[0]}</h1>{"".join(f"<p>{line}</p>" for line in LINES[1:])}</article>
<footer>Copyright 1999 Halden Wire. All rights reserved.</footer></body></html>"""


def pdf_of(*lines: str) -> bytes:
    """A page with these lines, as small as a PDF can be."""
    shown = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 20 800 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"%sxref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        body,
        table,
        len(body),
    )


def refusal(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(InvalidInput) as refused:
        text_of(data, name)
    (problem,) = refused.value.problems
    assert problem.fix
    return f"{problem.rule}: {problem.what}"


def outcome(data: bytes) -> str:
    """The form of a text, or the rule by which it is none."""
    try:
        return text_of(data, "a").form
    except InvalidInput as refused:
        return refused.problems[0].rule


def test_plain_text_has_the_paragraphs_and_the_hash_that_sources_are_checked_by(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n\r\n").encode()
    (tmp_path / "a.txt").write_bytes(data)
    text = read_text(str(tmp_path / "a.txt"))
    assert text.paragraphs == tuple(line.text for line in paragraphs(decoded(data)))
    assert text.sha256 == hashlib.sha256(data).hexdigest() == hashlib.sha256(text.body.encode()).hexdigest()
    assert (text.title, text.published, text.language, text.form) == (LINES[0], "January 9, 2026 09:30", "en", "plain")


def test_letters_are_composed_as_quotes_are() -> None:
    assert text_of("Cafe\u0301 5\n".encode(), "a.txt").paragraphs == ("Café 5",)


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", "utf-16"), ("utf-32", "utf-32")])
def test_other_encodings_with_a_mark_are_read_and_hashed_as_what_is_kept(encoding: str, told: str) -> None:
    text = text_of(ARTICLE.encode(encoding), "a.txt")
    assert (text.encoding, list(text.paragraphs)) == (told, LINES)
    assert text.sha256 == hashlib.sha256(text.body.encode()).hexdigest()


def test_an_encoding_without_a_mark_is_told_with_the_text() -> None:
    body = "Die Erlöse stiegen um 5 %, über alle Märkte hinweg; für das Jahr wäre dies größer als früher.\n" * 4
    text = text_of(body.encode("cp1252"), "a.txt")
    assert text.encoding != "utf-8"
    assert text.paragraphs[0] == body.splitlines()[0]


def test_standard_input_is_read_for_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert list(read_text("-").paragraphs) == LINES


def test_of_a_page_only_the_main_text_is_taken_with_what_the_page_says_of_itself() -> None:
    text = text_of(PAGE.encode(), "page")
    assert list(text.paragraphs) == LINES
    assert (text.form, text.language, text.publisher) == ("html", "en", "Halden Wire")
    assert text.published == "2026-01-09T09:30:00+08:00"
    assert text.url == "https://halden.example.com/2026/goal"
    assert text_of(text.body.encode(), "kept.txt").sha256 == text.sha256


def test_a_page_is_known_by_its_content_and_not_by_its_name() -> None:
    assert text_of(PAGE.encode(), "a.txt").form == "html"
    assert text_of(b"5 < 6 and <html> is a tag\n", "a.html").form == "plain"


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    long = "Halden Motors bought back 1.25 million of its shares for about HKD 52.5"
    text = text_of(pdf_of("Halden lifts its goal", long, "million in the fourth session.", "Deliveries rose."), "a.pdf")
    assert text.paragraphs == ("Halden lifts its goal", f"{long} million in the fourth session.", "Deliveries rose.")
    assert (text.form, text.published) == ("pdf", None)


def test_what_is_no_text_ends_in_a_message() -> None:
    assert refusal(b"") == "text-empty: there is no text in it"
    assert refusal(b" \n\xe2\x80\x8b\n") == "text-empty: there is no text in it"
    assert refusal(b"a\0b") == "text-binary: this is no text: it has a byte 0 in it"
    assert refusal(bytes(range(128, 256)) + b"\0") == "text-not-utf8: it is not UTF-8, and its encoding cannot be told"
    assert refusal(b"%PDF-1.4\nnothing").startswith("pdf-unreadable: this PDF cannot be read (")
    assert refusal(pdf_of()) == "pdf-unreadable: there is no text in this PDF; it may hold pictures of pages"
    assert refusal(b"<html><body></body></html>") == "html-unreadable: no main text could be found in this HTML page"


def test_a_locked_pdf_says_so() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of("5 million")))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert refusal(locked.getvalue()) == "pdf-unreadable: this PDF is locked by a password"


@pytest.mark.parametrize(
    "page", [b"<html>" + b"<div>" * 20_000, b"<html><p>" + b"<" * 50_000, b"<html>\xff\xfe\0\0<p>"]
)
def test_a_hostile_page_ends_in_a_message_or_in_a_text(page: bytes) -> None:
    assert outcome(page) in {"html", "html-unreadable"}


def test_what_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(texts, "LARGEST", 1024 * 1024)
    (tmp_path / "a.txt").write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(InvalidInput, match="larger than 1 MiB"):
        read_text(str(tmp_path / "a.txt"))


def test_a_path_that_leads_to_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="file-missing"):
        read_text(str(tmp_path / "none.txt"))
    with pytest.raises(InvalidInput, match="file-not-regular"):
        read_text(str(tmp_path))


@pytest.mark.parametrize(("library", "data"), [("trafilatura", PAGE.encode()), ("pypdf", pdf_of("5 million"))])
def test_a_library_that_is_missing_is_named_with_the_remedy(
    library: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(TimelineError, match=f"needs {library}") as refused:
        text_of(data, "a")
    assert "corporate-timeline[draft]" in refused.value.fix
