"""Who may have said a sentence: the speakers that annotators are offered, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotation.page import controls
from pipeline.records import Article, Attribution, Sentence, Speaker

_NEAR = 10
_CAN_SPEAK = ("person", "organisation", "group")


def candidates(article: Article, sentence: Sentence, *, most: int) -> list[Speaker]:
    """Up to `most` speakers of `article` for `sentence`, the author left out.

    First whom the attribution chose, then whom it nearly chose, then others quoted in the sentence, then who speaks
    in the sentences around it, the nearest first and the earlier before the later, then the most mentioned.
    Of the last, only people, organisations and groups: nothing else can speak.
    """
    known = {speaker.speaker_id: speaker for speaker in article.speakers or ()}
    ranked = dict.fromkeys(_ranked(article, sentence))
    found = [known[speaker_id] for speaker_id in ranked if speaker_id in known]
    return [speaker for speaker in found if speaker.kind != "author"][:most]


def _ranked(article: Article, sentence: Sentence) -> Iterator[str]:
    voices = {voice.sentence_id: voice for voice in article.voices or ()}
    attributions = {attribution.attribution_id: attribution for attribution in article.attributions or ()}
    if voice := voices.get(sentence.sentence_id):
        yield voice.speaker_id
        chosen = attributions.get(voice.attribution_id or "")
        if chosen and chosen.runner_up:
            yield chosen.runner_up
    for attribution in attributions.values():
        if _touches(attribution, sentence):
            yield attribution.speaker_id
            if attribution.runner_up:
                yield attribution.runner_up
    yield from (
        voices[other.sentence_id].speaker_id for other in _around(article, sentence) if other.sentence_id in voices
    )
    able = [speaker for speaker in article.speakers or () if speaker.kind in _CAN_SPEAK]
    yield from (speaker.speaker_id for speaker in sorted(able, key=lambda one: -len(one.mentions)))


def _around(article: Article, sentence: Sentence) -> list[Sentence]:
    """The sentences near this one, the nearest first, the earlier before the later."""
    sentences = article.sentences or ()
    place = sentences.index(sentence)
    near = [*sentences[max(0, place - _NEAR) : place], *sentences[place + 1 : place + 1 + _NEAR]]
    return sorted(near, key=lambda other: (abs(other.index - sentence.index), other.index))[:_NEAR]


def _touches(attribution: Attribution, sentence: Sentence) -> bool:
    places = (*attribution.content, attribution.source, attribution.cue)
    return any(place is not None and place.overlaps(sentence.span) for place in places)


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
