"""The reasons for which what is recorded may change, as they are typed."""

from __future__ import annotations

import click


class _Reason(click.Choice[str]):
    """A reason, typed with hyphens and recorded with spaces."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The reason as it is recorded."""
        return str(super().convert(value.strip().replace(" ", "-"), param, ctx)).replace("-", " ")


REASON = _Reason(["source-erred", "we-erred", "superseded", "duplicate", "legal"], case_sensitive=False)
