"""Auditing: which checks there are, and what came of those that were asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.app.clocks import basis
from timeline.app.names import companies_asked, company_asked
from timeline.app.show import error_told, page, sections, stopped
from timeline.errors import InvalidInput, Problem, Unfoldable
from timeline.page import Audit, Basis, Checked, Page
from timeline.section import Finding
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.check import Rule, Verdict

AUDITS = ("targets", "figures", "sources", "log")
"""Names of the audits, in the order in which they are made."""


class Material(NamedTuple):
    """What an audit goes by beside the database.

    Attributes:
        texts: a folder of the sources' texts, or one such file; None for none.
        against: files of checkpoints that were kept elsewhere.
        replay: whether what is stored beside the log is compared with a replay of it.
    """

    texts: str | None = None
    against: Sequence[str] = ()
    replay: bool = True


class _Asked(NamedTuple):
    connection: Connection
    basis: Basis
    slugs: Sequence[str]
    material: Material
    progress: Progress


def audit(  # noqa: PLR0913 - both clocks, and what to audit by
    connection: Connection,
    audits: Sequence[str],
    company: str | None,
    as_of: str | None,
    as_recorded: str | None,
    *,
    material: Material,
    progress: Progress | None = None,
) -> Audit:
    """What the audits of these names find, of one company or of all.

    Without a name all are made; that of the log only where no company and no clock is named.

    Raises:
        NotFound: no such company.
        InvalidInput: the log was asked for by a clock or for one company, or a name is that of no audit.
    """
    names = _chosen(audits, whole=company is None and as_of is None and as_recorded is None)
    on = basis(Reader(connection).head(), as_of, as_recorded)
    slugs = [company_asked(connection, company, on)] if company else companies_asked(connection, on)
    asked = _Asked(connection, on, slugs, material, progress or _untold)
    unread: list[Finding] = []
    parts = tuple(_targets(asked, unread, always=company is not None)) if "targets" in names else ()
    checked: list[Checked] = []
    # The audit of figures finds all that stands in the sections.
    on_pages = [*unread, *(_of(page.slug, found) for page in parts for found in _found(page))]
    findings = [] if "figures" in names else on_pages
    for name in names:
        if name in _MAKERS:
            more, found = _made(name, asked)
            checked += more
            findings += found
    return Audit(basis=on, audits=names, parts=parts, checked=tuple(checked), findings=tuple(findings))


def rules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules of each audit but that of the targets, whose rules are among those of the figures."""
    from timeline.app.auditing import log as audit_log
    from timeline.app.auditing import sources as audit_sources
    from timeline.app.auditing.figures import figure_rules

    return {"figures": figure_rules(), "sources": audit_sources.RULES, "log": audit_log.RULES}


def _chosen(audits: Sequence[str], *, whole: bool) -> tuple[str, ...]:
    for name in audits:
        if name not in AUDITS:
            fix = f"there are: {', '.join(AUDITS)}"
            raise InvalidInput([Problem("audit-unknown", f"no audit is called {name!r}", fix)])
    if "log" in audits and not whole:
        fix = "leave out the company and the clocks"
        raise InvalidInput([Problem("audit-whole", "the log is audited as a whole and as it is", fix)])
    return tuple(name for name in AUDITS if name in (audits or AUDITS) and (whole or name != "log"))


def _untold(what: str, done: int, total: int) -> None:
    del what, done, total


def _targets(asked: _Asked, unread: list[Finding], *, always: bool) -> Iterator[Page]:
    """The page of targets of each company that has any, or of all where `always`; `unread` takes who has none."""
    for slug in asked.slugs:
        try:
            parts = sections(asked.connection, slug, asked.basis)
        except Unfoldable as error:
            unread.append(error_told(error))
            continue
        shown = page(slug, asked.basis, parts, "targets")
        if always or not all(section.empty for _, section in shown.parts):
            yield shown


def _found(shown: Page) -> Iterator[Finding]:
    """What was found on a page, a stopped topic among it."""
    for _, section in shown.parts:
        yield from section.findings
        if section.problem:
            yield stopped(section)


def _made(name: str, asked: _Asked) -> tuple[list[Checked], list[Finding]]:
    """How often each rule of an audit was applied, and what it found."""
    compared: Counter[str] = Counter()
    found: Counter[str] = Counter()
    findings: list[Finding] = []
    for slug, verdict in _MAKERS[name](asked):
        if isinstance(verdict, Finding):
            compared[verdict.rule] += 1
            found[verdict.rule] += 1
            findings.append(_of(slug, verdict))
        else:
            compared[verdict.rule.name] += 1
    checked = [
        Checked(
            audit=name,
            rule=rule.name,
            severity=rule.severity,
            compares=rule.compares,
            assumes=rule.assumes,
            compared=compared[rule.name],
            found=found[rule.name],
        )
        for rule in rules()[name]
    ]
    return checked, findings


def _of(slug: str, finding: Finding) -> Finding:
    return replace(finding, company=slug)


def _figures(asked: _Asked) -> Iterator[tuple[str, Verdict]]:
    from timeline.app.auditing.figures import audit_figures

    return audit_figures(asked.connection, asked.slugs, asked.basis, asked.progress)


def _sources(asked: _Asked) -> Iterator[tuple[str, Verdict]]:
    from timeline.app.auditing.sources import audit_sources

    yield from _nobodys(audit_sources(asked.connection, asked.slugs, asked.material.texts, asked.basis))


def _log(asked: _Asked) -> Iterator[tuple[str, Verdict]]:
    from timeline.app.auditing.log import audit_log

    material = asked.material
    yield from _nobodys(audit_log(asked.connection, material.against, replay=material.replay, progress=asked.progress))


def _nobodys(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, Verdict]]:
    return (("", verdict) for verdict in verdicts)


_MAKERS: Mapping[str, Callable[[_Asked], Iterator[tuple[str, Verdict]]]] = {
    "figures": _figures,
    "sources": _sources,
    "log": _log,
}
