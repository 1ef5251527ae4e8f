"""Hostile input, tried again: what fuzzing found, and what is made anew of sound inputs and words that matter.

`python -m fuzzing all` looks further, guided by the code; its targets are the same.
"""

from pathlib import Path
from zlib import compress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzzing import harness
from fuzzing.targets import texts_pdf

FOUND = sorted(path for path in (Path(__file__).parent / "found").rglob("*") if path.is_file())
MUCH = 50_000
"""Times that a pattern is repeated: a reader whose work grows with the square of its input never gets through."""


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_is_survived(path: Path) -> None:
    with harness.frugal():
        harness.check(harness.target(path.parent.name), path.read_bytes())


@pytest.mark.parametrize("name", harness.names())
def test_seeds_are_survived(name: str) -> None:
    for seed in harness.seeds(name):
        harness.check(harness.target(name), seed)


@pytest.mark.filterwarnings("ignore:deprecated string literal syntax")  # JMESPath's, shown to nobody else
@pytest.mark.parametrize("name", harness.names())
def test_whatever_is_made_of_seeds_and_words_is_survived(name: str) -> None:
    words = st.sampled_from([word.encode() for word in harness.target(name).WORDS])
    piece = st.one_of(
        words, st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=4)
    )

    @settings(max_examples=25)
    @given(
        st.sampled_from(harness.seeds(name)),
        st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), piece), max_size=4),
    )
    def changed(seed: bytes, changes: list[tuple[float, int, bytes]]) -> None:
        for where, cut, put in changes:
            at = int(where * len(seed))
            seed = seed[:at] + put + seed[at + cut :]
        harness.check(harness.target(name), seed)

    changed()


HEAD = 'schema: timeline/source/1\nsource: {id: a, kind: news, title: t, published: "2026-01-09T09:46:04Z"}\n'
LINE = (
    '{"schema": "timeline/source/1", "source": {"id": "a", "kind": "news", "title": "t", "published": "2026-01-09"}}\n'
)
LEFT_OUT = f"{HEAD}defaults: {{company: a}}\nfacts: []\nleft_out:\n" + "".join(
    f"- {{quote: '{number}', paragraph: 1, reason: r}}\n" for number in range(1000, 4000)
)
PDF = texts_pdf.page(
    compress(b"BT /F1 9 Tf 9 TL " + b"(5 million shares) Tj T* " * MUCH + b"ET"), b"/Filter/FlateDecode"
)
CSV = "source.id,key,kind,company,occurred,shares"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fixtures_yaml", f"{HEAD}facts: [{'x, ' * MUCH}]"),  # 138 s for twice as many, when each reread the line
        ("fixtures_yaml", "[" * MUCH),
        ("fixtures_yaml", "{a: " * MUCH),
        ("fixtures_yaml", "- &a [" + "*a, " * MUCH + "]"),
        (
            "fixtures_yaml",
            f"{HEAD}facts:\n- {{key: k, kind: buyback.executed, company: a, occurred: '{'from to ' * MUCH}'}}",
        ),
        (
            "fixtures_jsonl",
            f'{LINE}{{"a": "{"x" * MUCH * 80}"}}\n{{"a": [{chr(34) * 2}{f",{chr(34) * 2}" * (MUCH // 2)}]}}\n{{}}',
        ),
        ("fixtures_jsonl", LINE + '{"key": "x"}\n' * (MUCH // 10)),
        ("fixtures_jsonl", LINE + "[" * MUCH),
        (
            "fixtures_csv",
            f"{CSV}{',x' * MUCH}\na{',a' * MUCH}",
        ),  # 27 s for 20,000, when each cell added up those before
        ("fixtures_csv", f'{CSV}\na,b,buyback.executed,x,"{chr(34) * 2 * MUCH}",5\n'),
        ("table_rows", "c{" + "".join(f'"k{number}":1,' for number in range(MUCH)) + '"k49999":1}'),  # 41 s for 40,000
        ("table_rows", "d[" + "NaN," * MUCH + "{}]"),
        ("table_rows", "d[" + "[" * MUCH),
        ("expressions", "x" * MUCH * 10),
        ("expressions", "{{" * MUCH),
        ("dates", "from to " * MUCH),
        ("dates", "jan" + "." * MUCH),
        ("quantities", "5 (" * MUCH),
        ("clocks", "9" * MUCH),
        ("naming", "e\u0301" * MUCH),
        ("exports", "{" * MUCH),
        ("proofs", "c2sp.org/tlog-proof@v1\n" + "A" * MUCH),
        ("finder", "1" + "+" * MUCH),  # 15 s, when each sign looked for a letter behind all others
        ("finder", "half " * (MUCH // 5)),  # 26 s, when each word could begin "half half half … year"
        ("sentences", "a" + "a.m. 5 " * (MUCH // 7)),  # 67 s, when each piece searched all that it goes on with
        ("repeated_prose", "+"),
        ("texts_pdf", PDF),  # 40 s for 13 kB, when a page could have any number of pieces of text
        ("coverage", f"{LEFT_OUT}\0{'; '.join(map(str, range(1000, 4000)))}"),  # when each print was held against all
    ],
)
def test_work_grows_with_the_input_and_not_with_its_square(name: str, text: str | bytes) -> None:
    harness.check(harness.target(name), text if isinstance(text, bytes) else text.encode())
