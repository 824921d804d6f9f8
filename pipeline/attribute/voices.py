"""Who speaks a sentence: of all that is said in it, what covers most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.attribute.findings import letters
from pipeline.records import Attribution, Force, Sentence, Span, Voice

_FEWEST = 2
_AUTHOR_SURE = 0.9
_AUTHOR_DOUBTS = 0.6


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

    That is the attribution of one of `forces` that covers most of the sentence's letters and digits, if it and others
    of its speaker cover at least `share` of them times its weight, else the author. Metadata and datelines are the
    author's. `weights` goes with `attributions`, one for each.
    """
    held = sorted(
        (piece, number) for number, found in enumerate(attributions) if found.force in forces for piece in found.content
    )
    voices = []
    open_pieces: list[tuple[Span, int]] = []
    at = 0
    for sentence in sentences:
        open_pieces = [held_piece for held_piece in open_pieces if held_piece[0].end > sentence.span.start]
        while at < len(held) and held[at][0].start < sentence.span.end:
            open_pieces.append(held[at])
            at += 1
        covered = _covered(text, sentence, open_pieces)
        whole = letters(text, sentence.span)
        plain = sentence.kind in ("metadata", "dateline") or whole < _FEWEST
        best = min(covered, key=lambda number: (-covered[number], number), default=None)
        if best is None or plain or _same(covered, best, attributions) < min(1.0, share * weights[best]) * whole:
            sure = _AUTHOR_SURE if best is None else _AUTHOR_DOUBTS
            voices.append(_voice(sentence, author_id, None, 1.0 if plain else sure))
        else:
            found = attributions[best]
            voices.append(_voice(sentence, found.speaker_id, found.attribution_id, found.confidence))
    return tuple(voices)


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


def _voice(sentence: Sentence, speaker_id: str, attribution_id: str | None, confidence: float) -> Voice:
    return Voice(
        sentence_id=sentence.sentence_id,
        speaker_id=speaker_id,
        attribution_id=attribution_id,
        confidence=confidence,
    )
