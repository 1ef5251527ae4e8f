"""Importing the SEC's company facts: which company a file is about, then the bulk import of its rows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from timeline.app.fold import decoded, with_links
from timeline.app.importing.bulk import Options, take_in
from timeline.app.rehearsal import has_log
from timeline.event import event_id
from timeline.history.chains import standings
from timeline.intake.sec import CompanyFacts, Issuer, files_of, issuer_source
from timeline.intake.sec.issuer import REGISTRATION
from timeline.naming import folded
from timeline.store import names
from timeline.store.log import Reader
from timeline.store.opening import open_reader, snapshot
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.app.importing.bulk import BulkReport
    from timeline.app.progress import Progress
    from timeline.store.database import Target

_CIK = "CIK"


def import_facts(
    target: Target, paths: Sequence[str], options: Options, progress: Progress | None = None
) -> BulkReport:
    """Take in files of company facts, and all `*.json` below directories.

    Raises:
        InvalidInput: a path is not there, or rows are refused under `strict`; nothing was written.
        DatabaseUnusable: as `take_in`.
    """
    return take_in(target, CompanyFacts(files_of(paths), Issuers(target)), options, progress)


class Issuers:
    """The companies of CIKs: those that are recorded keep their slug and their name, whatever a file calls them.

    Args:
        target: the database; looked into for each file, as the import goes on.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._met: dict[str, Issuer] = {}
        self._taken: dict[str, str] = {}

    def __call__(self, cik: str, name: str) -> Issuer:
        """The company of a CIK, which a file calls so."""
        if cik not in self._met:
            found = self._recorded(cik, name) or self._fresh(Issuer.of(cik, name))
            self._met[cik] = found
            self._taken[found.slug] = cik
        return self._met[cik]

    def _recorded(self, cik: str, name: str) -> Issuer | None:
        """By an import before this one; else by whoever recorded the CIK."""
        if not has_log(self._target):
            return None
        with closing(open_reader(self._target)) as connection, snapshot(connection):
            if registered := _registered(Reader(connection), cik):
                return registered
            slugs = {each.company for each in names.find_names(connection, folded(cik)) if each.scheme == _CIK}
            return Issuer.of(cik, name)._replace(slug=slugs.pop()) if len(slugs) == 1 else None

    def _fresh(self, issuer: Issuer) -> Issuer:
        """A new company; one whose slug is another's already is told apart by its CIK."""
        if self._taken.get(issuer.slug, issuer.cik) == issuer.cik and not self._is_recorded(issuer.slug):
            return issuer
        return issuer._replace(slug=f"{issuer.slug}-{issuer.cik}")

    def _is_recorded(self, slug: str) -> bool:
        if not has_log(self._target):
            return False
        with closing(open_reader(self._target)) as connection, snapshot(connection):
            return Reader(connection).head(slug) > 0


def _registered(reader: Reader, cik: str) -> Issuer | None:
    """The company that an import has registered for a CIK, by the log itself: names may not have been stored yet."""
    identity = event_id(issuer_source(cik), REGISTRATION)
    found, _ = standings(decoded(with_links(reader, [identity])))
    for event in (standing.event for standing in found):
        if isinstance(event.payload, Registered) and event.company:
            return Issuer(cik, event.company, event.payload.name)
    return None
