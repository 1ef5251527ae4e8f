"""Checkpoints as C2SP writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.proof.checkpoint import Checkpoint, Malformed, parse_checkpoint

# The example of https://c2sp.org/tlog-checkpoint.
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def test_the_example_of_the_standard_is_read_and_written() -> None:
    root = bytes.fromhex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")
    checkpoint = Checkpoint("example.com/behind-the-sofa", 20852163, root)
    assert parse_checkpoint(EXAMPLE) == checkpoint
    assert checkpoint.text() == EXAMPLE


def test_extension_lines_and_signatures_are_passed_over() -> None:
    signed = (
        f"{EXAMPLE}an extension\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe\n"
    )
    assert parse_checkpoint(signed) == parse_checkpoint(EXAMPLE)


@given(st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_back(size: int, root: bytes) -> None:
    assert parse_checkpoint(Checkpoint("a log", size, root).text()) == ("a log", size, root)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "an origin, a size and a root"),
        ("origin\n1\n", "an origin, a size and a root"),
        ("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "an origin, a size and a root"),
        (EXAMPLE.replace("20852163", "020852163"), "'020852163'"),
        (EXAMPLE.replace("20852163", "-1"), "'-1'"),
        (EXAMPLE.replace("20852163", "٣"), r"'\\u0663'"),
        (EXAMPLE.replace("20852163", "18446744073709551616"), "up to 2\\^64 - 1"),
        (EXAMPLE.replace("20852163", "9" * 5000), r"'9{60}\.\.\.'"),
        (EXAMPLE.replace("CsUY", "Cs!Y"), "not base64"),
        (EXAMPLE.replace("CsUYapGG", ""), "26 bytes, not 32"),
        (EXAMPLE.replace("q2I=", "q2J="), "not base64"),  # the same bytes, with a spare bit set
    ],
)
def test_what_is_no_checkpoint_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), (EXAMPLE.replace("208", "x"), 2), (EXAMPLE.replace("CsU", "!"), 3)]
)
def test_what_is_refused_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Malformed) as refused:
        parse_checkpoint(text)
    assert refused.value.line == line
