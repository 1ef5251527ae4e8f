"""PDF files; a tenth of what a PDF can hold is in the one that it begins with."""

from zlib import compress

from fuzzing.prose import SHORT
from fuzzing.texts import read


def page(content: bytes, filters: bytes = b"") -> bytes:
    """One page, as small as a PDF can be."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        b"<</Length 60>>stream\nbegincmap 1 beginbfrange <20> <7e> <0020> endbfrange endcmap\nendstream",
    )
    body, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%s endobj\n" % (number, each)
    end = b"xref\n0 7\n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(body))
    return body + end


_SHOWN = b"BT /F1 10 Tf 14 TL 20 800 Td (" + b") Tj T* (".join(line.encode() for line in SHORT[:2]) + b") Tj ET"
SEEDS = (
    page(_SHOWN),
    page(compress(_SHOWN * 20), b"/Filter/FlateDecode"),
    page(b"BT /F1 10 Tf [(Acme) -250 <35206d>] TJ ET q 1 0 0 1 0 0 cm Q BI /W 1 /H 1 ID x EI"),
    page(_SHOWN).replace(b"/Root", b"/Prev 9/Root"),
)
WORDS = (
    " 0 R",
    " 0 obj",
    "endobj",
    "stream\n",
    "endstream",
    "/Filter[/FlateDecode/FlateDecode]",
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/LZWDecode",
    "/RunLengthDecode",
    "/DecodeParms<</Predictor 15/Columns 99999999>>",
    "/Kids[2 0 R 2 0 R]",
    "/Count 99999999",
    "/Length 99999999",
    "/Type/ObjStm/N 99999/First 1",
    "/Type/XRef/W[9 9 9]/Index[0 99999999]",
    "/Encrypt<</Filter/Standard/V 1/R 2>>",
    "/Prev 0",
    "xref\n0 99999999\n",
    "startxref\n0\n",
    "beginbfrange <0000> <ffff> <0020>",
    "Do",
    "[[[[[[[[",
    "<<<<<<<<",
)
LARGEST = 4096


def run(data: bytes) -> None:
    """The lines of its pages, or a message."""
    read(data if b"%PDF-" in data[:1024] else b"%PDF-" + data, "fuzzed.pdf")
