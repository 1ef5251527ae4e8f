"""The answers of `timeline.app` that are rendered, by shape: `app` stands above this layer and cannot be named here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.page import Basis
    from timeline.section import Row


class Detailed(Protocol):
    """All that is known of one event."""

    @property
    def basis(self) -> Basis:
        """What it is true of."""

    @property
    def fields(self) -> Sequence[tuple[str, str]]:
        """Labels and texts for people, in order."""

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The stored content as plain JSON; None where it was erased."""

    @property
    def chain(self) -> Sequence[Row]:
        """Corrections and retractions that speak of it, first to last."""

    @property
    def reports(self) -> Sequence[Row]:
        """All reports of the same occurrence, the accepted one first."""

    @property
    def envelope(self) -> Mapping[str, Any]:
        """Its row of the log."""

    @property
    def salt(self) -> str | None:
        """In hex; None where the body was erased."""

    @property
    def problem(self) -> str:
        """Why it cannot be read; empty when it can."""
