"""The formats that people and programs write for `timeline load` and `timeline import`, each with its JSON Schema."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from timeline.intake.csv_schema import csv_schema
from timeline.intake.map_schema import map_schema
from timeline.intake.schema import json_schema, line_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.intake.schema import Json

SCHEMAS: Mapping[str, Callable[[], Json]] = MappingProxyType(
    {"fixture": json_schema, "jsonl": line_schema, "csv": csv_schema, "map": map_schema}
)
"""What makes the JSON Schema of a fixture in YAML, of a line of one in JSONL, of the rows of one in CSV, of a map."""
