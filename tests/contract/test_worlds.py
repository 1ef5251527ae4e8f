"""Whatever sources report, in whatever order, a server and a file answer alike."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from hypothesis import given, settings

from tests.contract.conftest import served
from tests.contract.stores import findings
from tests.laws import bases
from tests.laws.worlds import REGISTER, loads, worlds
from tests.served import fresh_schema

if TYPE_CHECKING:
    from tests.laws.worlds import Loads


@settings(max_examples=5)
@given(worlds().flatmap(loads))
def test_any_world_reads_the_same_from_a_server_and_a_file(postgres_server: str, batches: Loads) -> None:
    with fresh_schema(postgres_server) as schema, TemporaryDirectory() as folder:
        on_server = cast("Path", schema.url)  # these helpers only name it to the program
        here = Path(folder) / "facts.db"
        for database in (on_server, here):
            bases.load_all(database, ((REGISTER,), *batches))
        assert bases.answers(on_server) == bases.answers(here)
        assert findings(served(schema)) == {}
