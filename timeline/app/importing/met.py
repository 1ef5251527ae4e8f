"""What stands already under the addresses of a batch, in the log and in the batch's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from timeline.app.plan import differences, standing_reports
from timeline.catalog import decode, encode
from timeline.event import Event, Report
from timeline.intake.requirements import Fault, faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.store.log import Reader, Row


class Ready(NamedTuple):
    """A report with what is made of it once.

    Attributes:
        report: the report.
        id: of its address.
        body: as it would be stored.
    """

    report: Report
    id: str
    body: bytes

    @classmethod
    def of(cls, report: Report) -> Self:
        """A report made ready."""
        return cls(report, report.id, encode(report))


class Standing:
    """What stands under some addresses.

    Args:
        reader: of the log, inside the transaction.
        ids: of all the addresses that will be asked about.
    """

    def __init__(self, reader: Reader, ids: Iterable[str]) -> None:
        self._rows = {row.envelope.id: row for row in reader.rows_by_ids(ids)}
        spoken_of = {row.envelope.target for row in reader.rows_speaking_of(self._rows)}
        # Most events were never corrected: of these the bytes are compared, and nothing is decoded.
        self._chained, self._untold = standing_reports(reader, [each for each in spoken_of if each])
        self._here: dict[str, Ready] = {}

    def verdicts(self, row: Sequence[Ready]) -> list[tuple[Ready, tuple[Fault, ...] | None]]:
        """What speaks against each report of a row: nothing where it says what stands, None where it is new and sound.

        What a row says of one address twice counts once.
        """
        first: dict[str, Ready] = {}
        found = []
        for each in row:
            earlier = first.setdefault(each.id, each)
            again = earlier is not each
            verdict = _compared(earlier.report, each, "stands twice in this row, otherwise") if again else None
            found.append((each, verdict if again else self._verdict(each)))
        return found

    def _verdict(self, ready: Ready) -> tuple[Fault, ...] | None:
        if ready.id in self._untold:
            return ()
        if earlier := self._here.get(ready.id):
            return _compared(earlier.report, ready, "stands in an earlier row otherwise")
        if chained := self._chained.get(ready.id):
            return _compared(chained, ready, "is recorded otherwise")
        if row := self._rows.get(ready.id):
            return _compared_row(row, ready)
        return tuple(faults(ready.report, ready.body)) or None

    def add(self, new: Iterable[Ready]) -> None:
        """Remember reports that will stand in the log."""
        self._here.update((each.id, each) for each in new)


def _compared_row(row: Row, ready: Ready) -> tuple[Fault, ...]:
    frame = (row.envelope.kind, row.envelope.company)
    if row.body == ready.body and frame == (ready.report.kind, ready.report.company):
        return ()
    event = decode(row.envelope, row.body)
    # What this program cannot read stays as it is: nobody can tell whether it differs.
    return _compared(event, ready, "is recorded otherwise") if isinstance(event, Event) else ()


def _compared(stands: Report, ready: Ready, how: str) -> tuple[Fault, ...]:
    told = differences(stands, ready.report)
    if not told:
        return ()
    what = f"{ready.report.key!r} of source {ready.report.source!r} {how}: {'; '.join(told)}"
    fix = f"if the file is right, correct what is recorded: timeline correct {ready.id[:8]}; else mend the file"
    return (Fault("import-differs", what, fix),)
