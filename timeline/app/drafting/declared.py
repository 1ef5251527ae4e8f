"""The fields of a kind, looked up once: reading them off the class takes longer than filling one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from msgspec.structs import FieldInfo

    from timeline.event import Payload


@cache
def declared(payload: type[Payload]) -> tuple[FieldInfo, ...]:
    """Name, type and whether it is required, in the order of the class."""
    return msgspec.structs.fields(payload)
