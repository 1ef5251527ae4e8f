"""What the company's identifiers say of the world: on which exchanges it is listed, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.claim import Listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.topics.company.profile import Profile


def claim(state: Profile) -> Iterator[Listed]:
    """A listing for each ticker that an exchange gave."""
    for item in state.identifiers:
        if item.counts and item.payload.mic:
            yield Listed(topic="profile", occurrence=item, venue=item.payload.mic, valid=item.payload.valid)
