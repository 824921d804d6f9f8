"""Attributions reduced to what is compared: content, source, speaker; and how those marked and found are paired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.evaluate.attribution_gold import GoldArticle, head_word
from pipeline.records import AUTHOR, Article, Attribution, AttributionType, Sentence, Speaker

_SHARE = 0.3
_OVERLAP = 0.5
_SPEAKING = ("speech", "no-comment")


class Claim(NamedTuple):
    """An attribution reduced to what is scored: letters and digits of its content, its source, type and force."""

    content: frozenset[int]
    head: str
    names: frozenset[str]
    type: AttributionType
    speech: bool


def gold_claims(marked: GoldArticle) -> list[Claim]:
    """What people marked in an article, in the order of the file."""
    text = marked.document.text
    claims = []
    for found in marked.attributions:
        source = text[found.source[0].start : found.source[0].end] if found.source else ""
        head = head_word(source)
        names = frozenset({head, _bare(source)} - {""})
        claims.append(Claim(_letters(text, found.content), head, names, found.type, found.speech))
    return claims


def found_claims(article: Article) -> list[Claim]:
    """What an attributed article says, in the order of its attributions."""
    speakers = {speaker.speaker_id: speaker for speaker in article.speakers or ()}
    return [_found_claim(article, found, speakers[found.speaker_id]) for found in article.attributions or ()]


def _found_claim(article: Article, found: Attribution, speaker: Speaker) -> Claim:
    head = head_word(article.text_of(found.source)) if found.source else ""
    named = [] if speaker.kind in (AUTHOR, "unknown") else [speaker.name, *speaker.aliases]
    names = frozenset({head, *map(head_word, named), *map(_bare, named)} - {""})
    content = _letters(article.document.text, found.content)
    return Claim(content, head, names, found.type, found.force in _SPEAKING)


def _bare(name: str) -> str:
    """A name for comparing: lower case, without article or possessive."""
    return name.lower().removeprefix("the ").removesuffix("'s").removesuffix("’s")


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def speaker_of(sentence: frozenset[int], claims: Sequence[Claim]) -> Claim | None:
    """The claim that covers most of a sentence, if it covers enough of it."""
    best = max(claims, key=lambda claim: len(claim.content & sentence), default=None)
    if best is None or len(best.content & sentence) < _SHARE * len(sentence):
        return None
    return best


def same_speaker(wanted: Claim | None, found: Claim | None) -> bool:
    """Whether two claims have one source or speaker; ``None`` stands for the author."""
    if wanted is None or found is None:
        return wanted is found
    return wanted.head == found.head or bool(wanted.names & found.names)


def match(wanted: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
    """Pairs (index wanted, index found) by content, the closest first, each used once."""
    pairs = []
    for i, left in enumerate(wanted):
        for j, right in enumerate(found):
            shared = len(left.content & right.content)
            if shared and (overlap := shared / (len(left.content) + len(right.content) - shared)) >= _OVERLAP:
                pairs.append((-overlap, i, j))
    taken: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs):
        if all(i != i2 and j != j2 for i2, j2 in taken):
            taken.append((i, j))
    return taken


def sentences_to_score(article: Article) -> list[tuple[Sentence, frozenset[int]]]:
    """The sentences with at least two letters or digits, and where these stand."""
    found = ((sentence, _letters(article.document.text, [sentence.span])) for sentence in article.sentences or ())
    return [(sentence, letters) for sentence, letters in found if len(letters) >= 2]


def speech_only(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of speech, and of its refusal."""
    return [claim for claim in claims if claim.speech]
