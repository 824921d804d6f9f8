"""Who speaks a sentence: of all that is said in it, what covers most."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.attribute.confidence import voice_confidence
from pipeline.attribute.findings import letters
from pipeline.records import Attribution, Force, Sentence, Span, Voice

_FEWEST = 2


class Weighed(NamedTuple):
    """A sentence, the attribution that gives it its speaker (``None`` for the author), and the share that is reported.

    `share` is that of the speaker; for the author, the largest that any one attribution has, attitudes among them.
    """

    sentence: Sentence
    found: Attribution | None
    share: float


def find_voices(
    text: str,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    *,
    author_id: str,
    forces: Collection[Force],
    share: float,
    weights: Sequence[float],
) -> tuple[Voice, ...]:
    """One voice for each sentence, in order.

    That is the attribution of one of `forces` that covers most of the sentence's letters and digits over its weight, if
    it and others of its speaker cover at least `share` of them times its weight, else the author. Metadata and
    datelines are the author's. `weights` goes with `attributions`, one for each.
    """
    weighed = weigh_sentences(text, sentences, attributions, forces=forces, share=share, weights=weights)
    return tuple(_voice(text, each, author_id) for each in weighed)


def weigh_sentences(
    text: str,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    *,
    forces: Collection[Force],
    share: float,
    weights: Sequence[float],
) -> Iterator[Weighed]:
    """What `find_voices` decides, and by how much, for each sentence in order."""
    held = sorted((piece, number) for number, found in enumerate(attributions) for piece in found.content)
    speaking = [found.force in forces for found in attributions]
    open_pieces: list[tuple[Span, int]] = []
    at = 0
    for sentence in sentences:
        open_pieces = [held_piece for held_piece in open_pieces if held_piece[0].end > sentence.span.start]
        while at < len(held) and held[at][0].start < sentence.span.end:
            open_pieces.append(held[at])
            at += 1
        reported = _covered(text, sentence, open_pieces)
        covered = {number: count for number, count in reported.items() if speaking[number]}
        whole = letters(text, sentence.span)
        best = min(covered, key=lambda number: (-covered[number] / max(1.0, weights[number]), number), default=None)
        said = 0 if best is None else _same(covered, best, attributions)
        if best is None or _is_plain(text, sentence) or said < min(1.0, share * weights[best]) * whole:
            yield Weighed(sentence, None, max(reported.values(), default=0) / max(whole, 1))
        else:
            yield Weighed(sentence, attributions[_word_for_word(covered, best, attributions)], said / whole)


def _word_for_word(covered: Mapping[int, int], best: int, attributions: Sequence[Attribution]) -> int:
    """For what *according to* others somebody said, the attribution of the words that are quoted: theirs they are."""
    if attributions[best].rule != "according to":
        return best
    held = (n for n in covered if attributions[n].parent == attributions[best].attribution_id)
    return max((n for n in held if attributions[n].type == "direct"), key=lambda n: (covered[n], -n), default=best)


def _is_plain(text: str, sentence: Sentence) -> bool:
    return sentence.kind in ("metadata", "dateline") or letters(text, sentence.span) < _FEWEST


def _voice(text: str, weighed: Weighed, author_id: str) -> Voice:
    sentence, found, share = weighed
    words = text[sentence.span.start : sentence.span.end]
    return Voice(
        sentence_id=sentence.sentence_id,
        speaker_id=author_id if found is None else found.speaker_id,
        attribution_id=None if found is None else found.attribution_id,
        confidence=1.0 if _is_plain(text, sentence) else voice_confidence(words, found, share),
    )


def _same(covered: Mapping[int, int], best: int, attributions: Sequence[Attribution]) -> int:
    """How many letters and digits the speaker of attribution `best` says in a sentence, in all attributions."""
    speaker = attributions[best].speaker_id
    return sum(count for number, count in covered.items() if attributions[number].speaker_id == speaker)


def _covered(text: str, sentence: Sentence, held: Sequence[tuple[Span, int]]) -> dict[int, int]:
    """How many letters and digits of a sentence each attribution covers, by its number."""
    covered: dict[int, int] = {}
    for piece, number in held:
        if piece.overlaps(sentence.span):
            inside = Span(max(piece.start, sentence.span.start), min(piece.end, sentence.span.end))
            covered[number] = covered.get(number, 0) + letters(text, inside)
    return covered
