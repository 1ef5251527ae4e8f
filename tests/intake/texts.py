"""Fixtures as texts."""

HEAD = """\
schema: timeline/source/1
source:
  id: acme-news
  kind: news
  title: Acme buys back
  published: 2026-01-09T09:46:04+01:00
  currency: HKD
defaults: {company: acme, occurred: 2026-01-08}
"""


def fixture(*facts: str) -> str:
    """A fixture whose facts have these lines in braces, and keys 1, 2, …"""
    return HEAD + "facts:\n" + "".join(f"  - {{key: {number}, {fact}}}\n" for number, fact in enumerate(facts, 1))


def bought(fields: str) -> str:
    return fixture(f"kind: share.bought, shares: 5 million, {fields}")


def described(fields: str) -> str:
    return fixture(f"kind: product.described, product: Anvil, {fields}")
