"""A tree of leaves that cost nothing, as a log would keep it, and what the definitions of RFC 6962 make of it."""

from __future__ import annotations

from timeline.proof.merkle import TILE_HEIGHT, Frontier, node_hash


class Grown:
    """A tree of the largest size that is asked for; all smaller ones are beginnings of it.

    Attributes:
        leaves: hashes.
        kept: hashes by level, as `Frontier.add` handed them out.
        reads: what was asked of it, as level, start and stop.
    """

    def __init__(self, size: int) -> None:
        self.leaves = [number.to_bytes(32, "big") for number in range(size)]
        self.kept: dict[int, list[bytes]] = {}
        self.reads: list[tuple[int, int, int]] = []
        self._roots: dict[tuple[int, int], bytes] = {}
        frontier = Frontier()
        for leaf in self.leaves:
            for node in frontier.add(leaf):
                row = self.kept.setdefault(node.level, [])
                assert node.number == len(row)
                row.append(node.hash)

    def nodes(self, level: int, start: int, stop: int) -> list[bytes]:
        """As the store answers."""
        assert level % TILE_HEIGHT == 0
        self.reads.append((level, start, stop))
        found = (self.kept[level] if level else self.leaves)[start:stop]
        assert len(found) == stop - start
        return found

    def root(self, start: int, stop: int) -> bytes:
        """MTH(D[start:stop]) of RFC 6962, section 2.1."""
        if stop - start == 1:
            return self.leaves[start]
        if (start, stop) not in self._roots:
            middle = start + split(stop - start)
            self._roots[start, stop] = node_hash(self.root(start, middle), self.root(middle, stop))
        return self._roots[start, stop]

    def path(self, index: int, start: int, stop: int) -> list[bytes]:
        """PATH(index - start, D[start:stop]) of RFC 6962, section 2.1.1."""
        if stop - start == 1:
            return []
        middle = start + split(stop - start)
        if index < middle:
            return [*self.path(index, start, middle), self.root(middle, stop)]
        return [*self.path(index, middle, stop), self.root(start, middle)]

    def proof(self, old: int, start: int, stop: int, *, known: bool = True) -> list[bytes]:
        """SUBPROOF(old - start, D[start:stop], known) of RFC 6962, section 2.1.2."""
        if old == stop:
            return [] if known else [self.root(start, stop)]
        middle = start + split(stop - start)
        if old <= middle:
            return [*self.proof(old, start, middle, known=known), self.root(middle, stop)]
        return [*self.proof(old, middle, stop, known=False), self.root(start, middle)]


def split(size: int) -> int:
    """The largest power of two smaller than the size."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power
