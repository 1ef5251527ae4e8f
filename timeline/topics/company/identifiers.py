"""Identifiers: what makes a ticker, ISIN, LEI or CIK well-formed. Pure; says why it refuses one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Scheme = Literal["ticker", "ISIN", "LEI", "CIK", "alias"]

_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "ticker": (r"[A-Z0-9][A-Z0-9.&-]{0,11}", "write the ticker alone, as its exchange does, such as 1810 or GM"),
    "ISIN": (r"[A-Z]{2}[A-Z0-9]{9}[0-9]", "two letters, nine letters or digits, a check digit, as in US0378331005"),
    "LEI": (r"[A-Z0-9]{18}[0-9]{2}", "18 letters or digits and two check digits"),
    "CIK": (r"[1-9][0-9]{0,9}", "the number without leading zeros"),
    "alias": (r"\S.*", "a name"),
}
_MIC: Final = r"[A-Z0-9]{4}"


def require(scheme: Scheme, value: str, mic: str | None) -> None:
    """Refuse an identifier that cannot be one.

    Raises:
        ValueError: the form or a check digit is wrong, a ticker has no exchange, or something else has one.
    """
    form, example = _FORMS[scheme]
    if not re.fullmatch(form, value):
        raise ValueError(f"{value!r} is no {scheme}: {example}")
    if scheme == "ISIN" and not isin_holds(value):
        raise ValueError(f"the ISIN {value} has a wrong check digit; compare it with the source")
    if scheme == "LEI" and not lei_holds(value):
        raise ValueError(f"the LEI {value} has wrong check digits; compare it with the source")
    _require_exchange(scheme, value, mic)


def _require_exchange(scheme: Scheme, value: str, mic: str | None) -> None:
    if (scheme == "ticker") != (mic is not None):
        needs = "needs its exchange: add mic, such as XHKG" if mic is None else "has no exchange: leave mic out"
        raise ValueError(f"the {scheme} {value} {needs}")
    if mic is not None and not re.fullmatch(_MIC, mic):
        raise ValueError(f"{mic!r} is no ISO 10383 MIC: four capital letters or digits, such as XHKG")


def isin_holds(isin: str) -> bool:
    """Whether the last digit is the check digit of ISO 6166: letters count from A = 10, then Luhn's modulus 10."""
    digits = [int(digit) for sign in isin for digit in str(int(sign, 36))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def lei_holds(lei: str) -> bool:
    """Whether it is 1 modulo 97 as one number, letters counting from A = 10 (ISO 17442, after ISO 7064)."""
    return int("".join(str(int(sign, 36)) for sign in lei)) % 97 == 1
