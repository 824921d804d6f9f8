"""Cut a paragraph into sentences, those inside a quotation included.

`sentencex` keeps a quotation of several sentences whole. A reader labels sentences, so a quotation is cut at the
sentences within it; that it is one quotation is kept by the quotation layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from pipeline.records import Span
from pipeline.split.paragraphs import visible

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»")
_OPENS = re.compile(r"^[“\"«‘'](?=[^“”\"«»]*$)")
_LINE_BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029\t]")
_LETTER = re.compile(r"\w")
_GOES_ON = re.compile(
    r"(?:\b(?:then|ex|vice)-(?:Sen|Rep|Gov|Pres|Gen|Lt|Col|Sgt|Capt|Prof|Dr|Mr|Mrs|Del|Atty)|"
    r"\b(?:Ms|Mses|Messrs|Mmes|Drs|Profs|Govs|Sens|Reps|Gens|Ft|Mt|Cmdr|Supt|Asst|Det|Adm|Brig|Maj|Insp|Rt|Hon))\.\s*\Z"
)
"""What comes before a name and ends no sentence, beyond what sentencex knows."""
_CLOCK = re.compile(r"\d\s?[ap]\.m\.\s*\Z")
"""A time of day, which a day or a zone may follow: *at 9 p.m. Tuesday*."""
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMP][SD]?T|GMT|BST|Eastern|Central|Mountain|Pacific)\b"
)
_LABEL = re.compile(r"\W*[QA]\.\s*")
"""What opens a question or an answer of an interview."""
_ENDS_AFTER_ALL = re.compile(
    r"\b(?:(?:me|no|ok|May)\.|(?:in|last|since|until|by|next|this|early|late) "
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)\s+(?=[“\"‘']?(?:[A-Z][a-z]+|I\b))"
)
"""Words that end a sentence though sentencex takes them for Maine, a number, Oklahoma and what a day may follow."""
_ASKS = re.compile(r"[?!][”\"’']\s*\Z")
_ASKED = re.compile(
    r"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}|[Tt]he [a-z]+(?: [a-z]+)?) "
    r"(?:ask|said|say|shout|yell|cried|cries|wonder|demand|repl|added|add|told|tell|wrote|write|tweet)"
)
"""Who asked, after the question: *"Why?" Hinkle asked.*"""
_INITIALS = re.compile(r"[A-Z]\.[A-Z]\.")
_OPENING_MARK = re.compile(r"\s[\"“‘«'](?=\w)")
_NEAR = 12
_FEWEST_WORDS = 2


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Cut one paragraph of `text` into sentences, in order.

    The spans start and end with a visible character, and every visible character of the paragraph lies in exactly
    one of them. A mark left alone joins its neighbour.
    """
    piece = _LINE_BREAK.sub(" ", text[paragraph.start : paragraph.end])
    cuts = sorted({cut for outer in _segment(piece, 0) for cut in (outer.start, *_inner_cuts(piece, outer))})
    cuts = sorted({*_mended_cuts(piece, cuts), *(match.end() for match in _ENDS_AFTER_ALL.finditer(piece))})
    spans = [visible(piece, Span(start, end)) for start, end in zip(cuts, [*cuts[1:], len(piece)], strict=True)]
    return [Span(paragraph.start + start, paragraph.start + end) for start, end in _join_marks(piece, spans)]


def _segment(piece: str, offset: int) -> list[Span]:
    """The sentences that sentencex sees in `piece`, moved by `offset`."""
    return [
        Span(offset + found["start_index"], offset + found["end_index"])
        for found in get_sentence_boundaries("en", piece)
        if found["end_index"] > found["start_index"]
    ]


def _inner_cuts(piece: str, outer: Span) -> Iterator[int]:
    """Where sentences begin inside the quotations of a sentence."""
    sentence = piece[outer.start : outer.end]
    inside = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(sentence)]
    if (unclosed := _OPENS.match(sentence)) is not None:
        inside.append((unclosed.end(), len(sentence)))
    for start, end in inside:
        quoted = _segment(sentence[start:end], outer.start + start)
        if all(len(piece[span.start : span.end].split()) >= _FEWEST_WORDS for span in quoted):
            yield from (span.start for span in quoted[1:])


def _mended_cuts(piece: str, cuts: list[int]) -> Iterator[int]:
    """The cuts without those that fall inside a name or an abbreviation, and before an opening mark, not after it."""
    for cut in cuts:
        before = piece[max(0, cut - _NEAR) : cut]
        if cut and (_GOES_ON.search(before) or _INITIALS.match(piece, max(0, cut - 2))):
            continue
        if (_CLOCK.search(before) and _DAY.match(piece, cut)) or (cut and _LABEL.fullmatch(piece, 0, cut)):
            continue
        if _ASKS.search(before) and _ASKED.match(piece, cut):
            continue
        yield cut - 1 if cut > 1 and _OPENING_MARK.match(piece, cut - 2) else cut


def _join_marks(piece: str, spans: list[Span]) -> list[Span]:
    """Join a span without letters or digits to the one before it (the first: to the one after)."""
    joined: list[Span] = []
    for span in spans:
        if span.end == span.start:
            continue
        alone = not _LETTER.search(piece, span.start, span.end)
        if joined and (alone or not _LETTER.search(piece, joined[-1].start, joined[-1].end)):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
