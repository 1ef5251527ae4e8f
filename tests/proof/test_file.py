"""Proofs as files: the C2SP form read and written, and everything else refused with its line."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.proof import file
from timeline.proof.checkpoint import Checkpoint, Malformed
from timeline.proof.file import ConsistencyProof, InclusionProof, parse_proof
from timeline.proof.merkle import leaf_hash, node_hash

# The example of https://c2sp.org/tlog-proof; its signatures are abridged there.
EXAMPLE = """\
c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJw[...]1roloI=
— witness1.example mJirIklj[...]qY9v2B/5bg==
"""
HASH = base64.b64encode(b"\x01" * 32).decode()
LEAF, SIBLING = leaf_hash(b"leaf"), leaf_hash(b"sibling")
CHECKPOINT = Checkpoint("a log", 2, node_hash(LEAF, SIBLING))
INCLUSION = InclusionProof(b'{"extra"}', 0, (SIBLING,), CHECKPOINT)
GROWTH = ConsistencyProof(1, LEAF, (SIBLING,), CHECKPOINT)
INCLUDED = INCLUSION.text().encode()
GROWN = GROWTH.text().encode()

hashes = st.binary(min_size=32, max_size=32)
numbers = st.integers(0, 2**64 - 1)
logs = st.builds(Checkpoint, st.sampled_from(["corporate-timeline/log", "日誌"]), numbers, hashes)
paths = st.lists(hashes, max_size=66).map(tuple)


def test_the_example_of_the_standard_is_read() -> None:
    proof = parse_proof(EXAMPLE.encode())
    assert isinstance(proof, InclusionProof)
    assert proof.extra.startswith(b"age-v1.2.1-darwin-arm64.tar.gz")
    assert (proof.place, len(proof.path)) == (73894, 5)
    assert proof.path[4].hex() == "0070a2a17f672e3b2bb1ee988634519a4d565048ab54e2cb468390eaf7cee6f9"
    assert proof.checkpoint[:2] == ("example.com/fancylog", 109482)
    unsigned = EXAMPLE.rsplit("\n\n", 1)[0] + "\n"
    assert proof.text() == unsigned


def test_a_proof_without_extra_data_and_without_hashes_is_read() -> None:
    text = f"c2sp.org/tlog-proof@v1\nindex 0\n\na log\n1\n{HASH}\n"
    proof = InclusionProof(b"", 0, (), Checkpoint("a log", 1, b"\x01" * 32))
    assert parse_proof(text.encode()) == proof
    assert proof.text() == text
    assert proof.holds(b"\x01" * 32)
    assert not proof.holds(b"\x02" * 32)


def test_a_consistency_proof_has_the_smaller_log_in_its_second_line() -> None:
    lines = GROWN.decode().split("\n")
    assert lines[:2] == ["corporate-timeline/consistency-proof@v1", f"old 1 {base64.b64encode(LEAF).decode()}"]
    assert lines[2:] == [base64.b64encode(SIBLING).decode(), "", *CHECKPOINT.text().split("\n")]
    assert parse_proof(GROWN) == GROWTH
    assert GROWTH.holds()


@given(
    st.builds(InclusionProof, st.binary(), numbers, paths, logs)
    | st.builds(ConsistencyProof, numbers, hashes, paths, logs)
)
def test_what_is_written_is_read_back(proof: file.Proof) -> None:
    assert parse_proof(proof.text().encode()) == proof


def test_no_byte_of_a_proof_can_be_changed_without_its_saying_so() -> None:
    assert INCLUSION.holds(LEAF)
    for proof, data in ((INCLUSION, INCLUDED), (GROWTH, GROWN)):
        for at, byte in enumerate(data):
            for changed in {byte ^ 1, byte ^ 32, byte ^ 128, ord("\n"), ord("\r"), ord(" "), ord("A"), ord("=")} - {
                byte
            }:
                assert means_another(proof, data[:at] + bytes([changed]) + data[at + 1 :])


def test_no_beginning_of_a_proof_is_one() -> None:
    for data in (INCLUDED, GROWN):
        for end in range(len(data)):
            with pytest.raises(Malformed):
                parse_proof(data[:end])


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_they_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"c2sp.org/tlog-proof@v1\n", b"corporate-timeline/consistency-proof@v1\n", INCLUDED[:120]):
        with pytest.raises(Malformed):
            parse_proof(start + data)


INDEX = "c2sp.org/tlog-proof@v1\nindex"
OLD = "corporate-timeline/consistency-proof@v1\nold"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "ends within this line"),
        ("c2sp.org/tlog-proof@v2\nindex 0\n", 1, "begins with the line c2sp.org/tlog-proof@v1 or"),
        ("c2sp.org/tlog-proof@v1\n", 1, "ends after this line, before the checkpoint"),
        ("c2sp.org/tlog-proof@v1\r\nindex 0\r\n", 1, "begins with the line"),
        ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n", 2, "extra data '' is not base64"),
        ("c2sp.org/tlog-proof@v1\nextra !!\nindex 0\n", 2, "extra data '!!' is not base64"),
        ("c2sp.org/tlog-proof@v1\nextra YQ\nindex 0\n", 2, "extra data 'YQ' is not base64"),
        ("c2sp.org/tlog-proof@v1\nextra YR==\nindex 0\n", 2, "extra data 'YR==' is not base64"),
        ("c2sp.org/tlog-proof@v1\nextra YQ==\n", 2, "ends after this line"),
        ("c2sp.org/tlog-proof@v1\nextra YQ==\n\n\n", 3, "state the place of the leaf"),
        ("c2sp.org/tlog-proof@v1\n\na log\n", 2, "state the place of the leaf"),
        (f"{INDEX} x\n\na log\n", 2, "index 'x' is not a decimal number"),
        (f"{INDEX} -5\n\na log\n", 2, "index '-5' is not"),
        (f"{INDEX} 05\n\na log\n", 2, "index '05' is not"),
        (f"{INDEX} {2**64}\n\na log\n", 2, "up to 2"),
        (f"{INDEX} {'9' * 5000}\n\na log\n", 2, r"9\.\.\.' is not"),
        (f"{INDEX} 0\n!!\n\na log\n", 3, "hash '!!' is not base64"),
        (f"{INDEX} 0\n{HASH}\nAAAA\n\na log\n", 4, "hash has 3 bytes, not 32"),
        (f"{INDEX} 0\n\x1b[31m\n\na log\n", 3, r"hash '\\x1b\[31m' is not base64"),
        (f"{INDEX} 0\n" + f"{HASH}\n" * 131 + "\na log\n", 133, "no proof has more than 130 hashes"),
        (f"{INDEX} 0\n{HASH}\n", 3, "ends after this line, before the checkpoint"),
        (f"{INDEX} 0\n\n", 4, "an origin, a size and a root hash"),
        (f"{INDEX} 0\n\na log\n1\n", 4, "an origin, a size and a root hash"),
        (f"{INDEX} 0\n\na log\n01\n{HASH}\n", 5, "size '01' is not"),
        (f"{INDEX} 0\n\na log\n1\n{HASH[:-1]}\n", 6, "is not base64"),
        (f"{INDEX} 0\n\na log\n1\n{HASH}", 6, "ends within this line"),
        (f"{INDEX} 0\n\na l\udcffog\n1\n{HASH}\n", 4, "is not UTF-8"),
        (f"{OLD} 1\n\na log\n", 2, "state the smaller log"),
        (f"{OLD} 1  {HASH}\n\na log\n", 2, "state the smaller log"),
        (f"{OLD} x {HASH}\n\na log\n", 2, "size 'x' is not"),
        (f"{OLD} 1 AAAA\n\na log\n", 2, "root hash has 3 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_proof_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(Malformed, match=why) as refused:
        parse_proof(text.encode("utf-8", "surrogateescape"))
    assert refused.value.line == line


def test_more_than_the_largest_proof_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGEST", 1024 * 1024)
    proof = INCLUSION._replace(extra=b"x" * 1024 * 1024).text().encode()
    with pytest.raises(Malformed, match="at most 1 MiB"):
        parse_proof(proof)
    assert parse_proof(INCLUDED) == INCLUSION


def means_another(proof: file.Proof, data: bytes) -> bool:
    """Whether changed bytes are no proof, or one that does not hold, or of other extra data or another log."""
    try:
        changed = parse_proof(data)
    except Malformed:
        return True
    if isinstance(changed, ConsistencyProof):
        return not changed.holds() or changed.checkpoint.origin != proof.checkpoint.origin
    return (
        not isinstance(proof, InclusionProof)
        or not changed.holds(LEAF)
        or changed.extra != proof.extra
        or changed.checkpoint.origin != proof.checkpoint.origin
    )
