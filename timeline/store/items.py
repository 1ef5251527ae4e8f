"""Stored sections of one topic over all companies, streamed, and the promises and stops of all topics.

A stored section is found by its company and topic, so that none is read that nobody asks for.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from timeline.errors import Unverified
from timeline.store.models import StoredModel, digest_of
from timeline.store.names import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

_COMPANY = itemgetter(slice(0, 4))


def models_of_topic(connection: Connection, topic: str) -> Iterator[tuple[str, StoredModel]]:
    """Company and stored section, by company.

    Raises:
        Unverified: one is not what was stored.
    """
    found = connection.execute(
        """SELECT model.company, model.version, model.position, model.digest, part, partition, seq, CAST(data AS BLOB)
           FROM read_model AS model LEFT JOIN read_item AS item
           ON item.company = model.company AND item.topic = model.topic
           WHERE model.topic = ? ORDER BY model.company""",
        (topic,),
    )
    for (company, version, position, digest), rows in groupby(found, _COMPANY):
        items = {(part, partition, seq): data for *_, part, partition, seq, data in rows if part is not None}
        if digest_of(topic, version, items) != digest:
            raise Unverified(f"the read model {topic} of {company} is not what was stored", "run: timeline rebuild")
        yield company, StoredModel(topic, version, position, digest, items)


def heads(connection: Connection) -> dict[str, int]:
    """The last position of each company, its events being those of all slugs that are one with it."""
    last = "(SELECT max(position) FROM event WHERE event.company = company_name.value)"
    found = connection.execute(
        f"SELECT company, coalesce(max({last}), 0) FROM company_name WHERE scheme = ? GROUP BY company",  # noqa: S608
        (SLUG,),
    )
    return dict(found)


def covered(connection: Connection, version: str, topic: str | None = None) -> dict[str, tuple[int, int]]:
    """By company, how many of its stored sections are of this version, and the position that all of these cover.

    Args:
        connection: to the database.
        version: of the projections.
        topic: the only one that is asked about; None for all.
    """
    found = connection.execute(
        """SELECT company, count(*), min(position) FROM read_model
           WHERE version = ?1 AND (CAST(?2 AS TEXT) IS NULL OR topic = ?2) GROUP BY company""",
        (version, topic),
    )
    return {company: (number, position) for company, number, position in found}


def stops(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Company, topic and reason of each stored section that is stopped, in order."""
    found = connection.execute(
        """SELECT model.company, model.topic, data FROM read_model AS model CROSS JOIN read_item AS item
           WHERE item.company = model.company AND item.topic = model.topic AND item.part = 'problem'
           ORDER BY model.company, model.topic"""
    )
    return ((company, topic, msgspec.json.decode(data, type=str)) for company, topic, data in found)
