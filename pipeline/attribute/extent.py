"""How far a report goes, where the parser stops too soon or runs on: told by the words after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.attribute.findings import Finding
from pipeline.attribute.quotations import Quote
from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import FORMS
from pipeline.records import Span

_AUTHOR_AGAIN = re.compile(
    r"(?:,.|.[\"”’'],)\s*(?:[a-z]+ing|while|when|as|even as|in|at|on|during|after|before|an?|another)\b", re.DOTALL
)
"""What ends a report right after a quotation that ends in a comma: *...," referring to*, *...," while trying to*."""

_VERDICT = re.compile(
    r",\s+(?:an?|another|the same)\s+(?:[a-z-]+\s+){0,3}?(?:accusation|allegation|argument|assertion|assessment|charge|"
    r"claim|comment|complaint|contention|criticism|figure|line|message|move|notion|point|position|prediction|promise|"
    r"proposal|reference|remark|sentiment|stance|statement|suggestion|theme|view)\b[^\"“]*$"
)
"""What the author says of a report: *..., a charge that his rivals denied*."""

_REASON = re.compile(r"[,\s]*(?:because|since|unless|although|though|whereas|so that)\b")
_JOINED = re.compile(r"[,\s\"”']*(?:and|but|or|but instead|and instead)\b")


def as_far_as_it_goes(
    text: str, tree: Tree, finding: Finding, pieces: list[Span], quotes: Sequence[Quote]
) -> list[Span]:
    """End or extend the last of `pieces`, which a clause of `finding` gave, within its sentence.

    It ends before what the author says of it, and after a quotation that a comma ends where the author goes on. It goes
    on over a reason after a quotation, and over *and* or *but* to a further quotation that no other cue brings in.
    """
    if finding.rule not in ("clause", "infinitive") or not pieces:
        return pieces
    last = pieces[-1]
    end = tree.ends[-1]
    for quote in quotes:
        inside = last.start < quote.start and quote.pieces[0].end < last.end
        if inside and _AUTHOR_AGAIN.match(text, quote.pieces[0].end - 2, last.end):
            return [*pieces[:-1], Span(last.start, quote.pieces[0].end)]
    if (verdict := _VERDICT.search(text[last.start : last.end])) is not None and verdict.start():
        return [*pieces[:-1], Span(last.start, last.start + verdict.start())]
    if last.end >= end or finding.cue is None or finding.cue.start > last.start:
        return pieces
    if any(quote.pieces[0].end == last.end for quote in quotes) and _REASON.match(text, last.end, end):
        return [*pieces[:-1], Span(last.start, _without_stop(text, last.end, end))]
    return _to_next_quotation(text, tree, pieces, quotes)


def _to_next_quotation(text: str, tree: Tree, pieces: list[Span], quotes: Sequence[Quote]) -> list[Span]:
    last = pieces[-1]
    following = next((q for q in quotes if q.start >= last.end and q.pieces[0].end <= tree.ends[-1] + 1), None)
    if following is None or following.kind == "title" or not _JOINED.match(text, last.end, following.start + 1):
        return pieces
    between = [i for i in range(len(tree)) if last.end <= tree.starts[i] < following.start]
    if any(tree.lower[i] in FORMS or tree.words[i] in (";", ":") for i in between):
        return pieces
    return [*pieces[:-1], Span(last.start, following.pieces[0].end)]


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".!? \n":
        end -= 1
    return end
