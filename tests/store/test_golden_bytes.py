"""The log's bytes, which are never rewritten: every figure here was computed with hashlib and rfc8785 alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from timeline.event import Envelope, canonical_json, commitment, event_id
from timeline.proof.checkpoint import ORIGIN, Checkpoint
from timeline.proof.merkle import Frontier, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from timeline.store.log import Entry
    from timeline.store.writer import Writer

HEAD = "0123456789abcdef0123456789abcdef"

IDS = (
    ("wire", "buyback-2026-01-08", "ce0bbb123e4a3a4bc6530e1bdfff11ef"),
    (None, HEAD, "f204d8c498a733f604f5827fb7480383"),
    ("a", "b.c", "3ea3bbb60337bc7a5562c5d75e958585"),
    ("a.b", "c", "54712fb6813d594ef2c8b7bb3c350964"),
    ("小米", '"\\\n', "e73b8ffb64fb22b1161aca6b92a9cc24"),
    ("", "", "439083f38956ba51ece90631552c6ea2"),
)

BODIES: tuple[tuple[dict[str, Any], str, bytes, str], ...] = (
    (
        {"v": 1, "payload": {}},
        '{"payload":{},"v":1}',
        bytes(32),
        "6401755422627b1a8ee91b866829a486b754bef88a51443aef1a7986c67df7c4",
    ),
    (
        {
            "v": 1,
            "payload": {"shares": {"printed": "5 million", "low": "4500000", "high": "5500000"}},
            "occurred": {"edtf": "2026-01-08", "first": "2026-01-08", "last": "2026-01-08"},
            "note": 'Überblick\u2028小米 "SU7"\n\t\u0007\u007f\\/é😀',
        },
        (
            '{"note":"Überblick\u2028小米 \\"SU7\\"\\n\\t\\u0007\u007f\\\\/é😀",'
            '"occurred":{"edtf":"2026-01-08","first":"2026-01-08","last":"2026-01-08"},'
            '"payload":{"shares":{"high":"5500000","low":"4500000","printed":"5 million"}},"v":1}'
        ),
        bytes(range(32)),
        "baf18e693892b564427498eb9fc4ecdc3cca37703278aa318313894c25106501",
    ),
)

ENVELOPES = (
    (
        Envelope(
            position=1,
            id="26a8e80845012997a6098de7a4df3242",
            company=None,
            kind="source.recorded",
            source="wire",
            key="@source",
            target=None,
            published="2026-01-09T09:46:04+01:00",
            recorded="2026-01-09T10:00:00.000000Z",
            actor="lei",
            commitment="00" * 32,
        ),
        (
            '{"actor":"lei","commitment":"0000000000000000000000000000000000000000000000000000000000000000",'
            '"company":null,"id":"26a8e80845012997a6098de7a4df3242","key":"@source","kind":"source.recorded",'
            '"position":1,"published":"2026-01-09T09:46:04+01:00","recorded":"2026-01-09T10:00:00.000000Z",'
            '"source":"wire","target":null}'
        ),
        "9b831e4d6431a7242c14b393fd80e5e7cc09168847580651fee9beb88565f2be",
    ),
    (
        Envelope(
            position=1_000_000,
            id="ce0bbb123e4a3a4bc6530e1bdfff11ef",
            company="xiaomi",
            kind="buyback.executed",
            source="wire",
            key="buyback-2026-01-08",
            target=None,
            published="2026-01-09+08:00",
            recorded="2026-01-09T10:00:00.123456Z",
            actor='Lei "雷" Jun',
            commitment="ff" * 32,
        ),
        (
            '{"actor":"Lei \\"雷\\" Jun",'
            '"commitment":"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",'
            '"company":"xiaomi","id":"ce0bbb123e4a3a4bc6530e1bdfff11ef","key":"buyback-2026-01-08",'
            '"kind":"buyback.executed","position":1000000,"published":"2026-01-09+08:00",'
            '"recorded":"2026-01-09T10:00:00.123456Z","source":"wire","target":null}'
        ),
        "91d834697a84c53d261f5056bbc0dedc2ac6b3b3db9d0698cc2ab43f3c5ab331",
    ),
    (
        Envelope(
            position=3,
            id="f204d8c498a733f604f5827fb7480383",
            company="xiaomi",
            kind="event.corrected",
            source=None,
            key=HEAD,
            target=HEAD,
            published=None,
            recorded="2026-01-10T00:00:00.000001Z",
            actor="",
            commitment="0f" * 32,
        ),
        (
            '{"actor":"","commitment":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",'
            '"company":"xiaomi","id":"f204d8c498a733f604f5827fb7480383","key":"0123456789abcdef0123456789abcdef",'
            '"kind":"event.corrected","position":3,"published":null,"recorded":"2026-01-10T00:00:00.000001Z",'
            '"source":null,"target":"0123456789abcdef0123456789abcdef"}'
        ),
        "68a8de2b74702b3717aa54fb4b3a416daff14dff73a75cb476c8b3aafdfa0e60",
    ),
)


@pytest.mark.parametrize(("source", "key", "expected"), IDS)
def test_an_id_is_the_hash_of_the_address(source: str | None, key: str, expected: str) -> None:
    assert event_id(source, key) == expected


@pytest.mark.parametrize(("content", "expected", "salt", "committed"), BODIES)
def test_a_body_and_its_commitment(content: dict[str, Any], expected: str, salt: bytes, committed: str) -> None:
    body = canonical_json(content)
    assert body == expected.encode()
    assert commitment(salt, body) == committed


@pytest.mark.parametrize(("envelope", "canonical", "leaf"), ENVELOPES)
def test_an_envelope_and_its_leaf(envelope: Envelope, canonical: str, leaf: str) -> None:
    assert envelope.canonical() == canonical.encode()
    assert leaf_hash(envelope.canonical()).hex() == leaf


def test_a_checkpoint_and_the_frontier_beside_it() -> None:
    frontier = Frontier()
    for envelope, _, _ in ENVELOPES:
        frontier.add(leaf_hash(envelope.canonical()))
    assert frontier.to_bytes().hex() == (
        "0000000000000003"
        "da2897586f5cf1dbe99a375cde468c70ef08d426c44165d6b85e565a26c5f6dc"
        "68a8de2b74702b3717aa54fb4b3a416daff14dff73a75cb476c8b3aafdfa0e60"
    )
    assert frontier.root().hex() == "b7847da7973bec560a70289bace902018d1df8383284caa8b4dceeecbe85f5bc"
    text = "corporate-timeline/log\n3\nt4R9p5c77FYKcCibrOkCAY0d+DgyhMqotNzu7L6F9bw=\n"
    assert Checkpoint(ORIGIN, frontier.size, frontier.root()).text() == text


def test_the_database_holds_these_bytes(writer: Writer, entry: Callable[..., Entry], morning: datetime) -> None:
    _, body, salt, committed = BODIES[1]
    with writer.transaction():
        writer.append(
            [entry("buyback-2026-01-08", body, source="wire")], morning, "lei", lambda number: [salt] * number
        )
    stored = "SELECT id, commitment, recorded, hex(salt), CAST(body AS BLOB) FROM event JOIN body USING (position)"
    assert writer.connection.execute(stored).fetchone() == (
        "ce0bbb123e4a3a4bc6530e1bdfff11ef",
        committed,
        "2026-01-09T09:46:04.000000Z",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
        body.encode(),
    )


LARGEST = 2**53 - 1
names = st.text(st.characters(max_codepoint=127), max_size=8)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(names, inner, max_size=5),
    max_leaves=20,
)


@given(json)
def test_canonical_json_is_that_of_rfc_8785(value: Any) -> None:  # noqa: ANN401 - any JSON
    assert canonical_json(value) == rfc8785.dumps(value)
