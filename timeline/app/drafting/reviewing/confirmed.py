"""The fixture that decisions make of a draft: what was kept or edited, and nothing that was only proposed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.app.drafting.reviewing.cards import own_comments
from timeline.app.drafting.reviewing.cut import Block, Piece, ended, rebuilt, with_blocks
from timeline.app.drafting.reviewing.rewriting import STEP
from timeline.app.drafting.reviewing.sheet import candidate
from timeline.app.drafting.writing import flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.app.drafting.reviewing.cut import Cut
    from timeline.app.drafting.reviewing.decided import Decision

    Decided = Callable[[str], Decision | None]

_ANNOUNCED = re.compile(r"(?:#[^\n]*\n)*?# A draft:[^\n]*\n(?:#[^\n]*\n)*")


def confirmed_text(cut: Cut, decided: Decided) -> str:
    """The fixture, given the decision about each entry; what is open counts as dropped."""
    pieces = []
    for piece in cut.pieces:
        match piece.name:
            case "facts":
                pieces.append(with_blocks(piece, (*_facts(piece, decided), *_made(cut, decided))))
            case "candidates":
                kept = [block for block in piece.blocks if _verb(block, decided) == "keep"]
                pieces += [with_blocks(piece, kept)] if kept else []
            case "left_out":
                pieces.append(with_blocks(piece, (*piece.blocks, *_left_out(cut, decided))))
            case _:
                pieces.append(replace(piece, above=_ANNOUNCED.sub("", piece.above)))
    if cut.piece("left_out") is None and (entries := tuple(_left_out(cut, decided))):
        pieces.append(with_blocks(Piece("left_out", "", ""), entries))
    return rebuilt(pieces, cut.tail)


def _verb(block: Block, decided: Decided) -> str:
    decision = decided(block.id)
    return decision.do if decision else ""


def _facts(piece: Piece, decided: Decided) -> Iterator[Block]:
    for block in piece.blocks:
        decision = decided(block.id)
        if decision and decision.do in ("keep", "edit"):
            yield replace(block, above=own_comments(block), body=decision.text or block.body)


def _made(cut: Cut, decided: Decided) -> Iterator[Block]:
    """The facts that candidates became."""
    for block in cut.blocks("candidates"):
        decision = decided(block.id)
        if decision and decision.do == "fact":
            yield replace(block, above="", body=decision.text)


def _left_out(cut: Cut, decided: Decided) -> Iterator[Block]:
    standing = cut.blocks("left_out")
    indent = " " * (standing[0].indent if standing else STEP)
    for block in cut.blocks("candidates"):
        decision = decided(block.id)
        if decision and decision.do == "leave out":
            said = candidate(block)
            entry = {"paragraph": str(said.paragraph), "quote": said.quote, "reason": decision.text}
            yield replace(block, above="", body=ended(f"{indent}- {flow(entry)}"))
