"""Who may have said a sentence: the speakers that annotators are offered, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotation.page import controls
from annotation.page.index import ArticleIndex
from pipeline.records import Sentence, Speaker

_NEAR = 10


def candidates(index: ArticleIndex, sentence: Sentence, *, most: int) -> list[Speaker]:
    """Up to `most` speakers of the article for `sentence`, the author left out.

    First whom the attribution chose, then whom it nearly chose, then others quoted in the sentence, then who speaks
    in the sentences around it, the nearest first and the earlier before the later, then the most mentioned.
    Of the last, only people, organisations and groups: nothing else can speak.
    """
    found: dict[str, Speaker] = {}
    for speaker_id in _ranked(index, sentence):
        if len(found) == most:
            break
        speaker = index.speakers.get(speaker_id)
        if speaker and speaker.kind != "author":
            found[speaker_id] = speaker
    return list(found.values())


def _ranked(index: ArticleIndex, sentence: Sentence) -> Iterator[str]:
    """Ids of speakers, the likeliest first; they may come again, and be of nobody that the article lists."""
    if voice := index.voices.get(sentence.sentence_id):
        yield voice.speaker_id
        chosen = index.attributions.get(voice.attribution_id or "")
        if chosen and chosen.runner_up:
            yield chosen.runner_up
    for attribution in index.touching[sentence.index]:
        yield attribution.speaker_id
        if attribution.runner_up:
            yield attribution.runner_up
    around = (index.voices.get(other.sentence_id) for other in _around(index, sentence))
    yield from (voice.speaker_id for voice in around if voice)
    yield from (speaker.speaker_id for speaker in index.able)


def _around(index: ArticleIndex, sentence: Sentence) -> list[Sentence]:
    """The sentences near this one, the nearest first, the earlier before the later."""
    sentences, place = index.article.sentences or (), sentence.index
    near = [*sentences[max(0, place - _NEAR) : place], *sentences[place + 1 : place + 1 + _NEAR]]
    return sorted(near, key=lambda other: (abs(other.index - place), other.index))[:_NEAR]


def distinct(speakers: Sequence[Speaker]) -> Iterator[tuple[str, Speaker]]:
    """Each speaker with a value of its own: its name on one line; told apart by title or number where names meet."""
    names = [" ".join(speaker.name.split()) or "unnamed" for speaker in speakers]
    used = {controls.AUTHOR_VALUE, controls.OTHER_VALUE, controls.NOT_ASKED}
    for name, speaker in zip(names, speakers, strict=True):
        value = f"{name} ({speaker.titles[0]})" if names.count(name) > 1 and speaker.titles else name
        number = 1
        while value in used:
            number += 1
            value = f"{name} ({number})"
        used.add(value)
        yield value, speaker


def role_of(speaker: Speaker) -> str:
    """What tells the speaker from others of the name: its titles, or whom it speaks for."""
    return ", ".join(speaker.titles) or (f"for {speaker.speaks_for}" if speaker.speaks_for else "")
