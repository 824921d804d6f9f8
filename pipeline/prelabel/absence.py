"""Which texts do not speak of a named target: there the answer is known without asking a model.

A text is only said not to mention a target where nothing in it could: no place that the speaker layer or the target's
own words know, no word that begins like one of its names (*Russian*, *Republican*), no role of its (*the secretary*),
no *I* of the target speaking, and, in an article that names the target somewhere, no *he* or *she* that nobody else is
known to be. In doubt the model is asked: that costs time, and a side now and then that nobody takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.labels import Target
from pipeline.prelabel.foreign import whole_text
from pipeline.prelabel.targets import roles_of
from pipeline.records import Article, Span, Speaker

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SELF = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
_THEY = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_SHORT = 3
"""Words of a name with no more letters (Xi, Ann, not *announced*) must occur whole; others may begin a word."""
_EMPTY = frozenset(["a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to", "von"])


class Word(NamedTuple):
    """A word of a text, case folded and without *'s* and its like, and where it starts in the article."""

    form: str
    start: int


class Absence:
    """Whether sentences of an article can be seen not to speak of a target.

    `speaker` is the target in the article's speaker layer, where it is there; `forms` are those of all the article's
    words (`forms_of`).
    """

    def __init__(self, article: Article, target: Target, speaker: Speaker | None, forms: frozenset[str]) -> None:
        names = (target.name, *target.aliases, *(speaker.aliases if speaker else ()))
        words = {word.casefold() for name in names for word in _WORD.findall(name)} - _EMPTY
        self._whole = {word for word in words if len(word) <= _SHORT}
        self._beginnings = tuple(_stem(word) for word in words if len(word) > _SHORT)
        self._roles = roles_of(speaker).keys() if speaker else ()
        self._named = target.kind == "name" and bool(words)
        self._speaker = speaker
        self._in_article = speaker is not None or any(map(self._is_name, forms))
        self._others = {
            mention.start for other in article.speakers or () if other is not speaker for mention in other.mentions
        }

    def is_of(self, speaker_id: str | None) -> bool:
        """Whether the target is who speaks."""
        return self._speaker is not None and self._speaker.speaker_id == speaker_id

    def holds(self, words: Sequence[Word], speaker_id: str | None) -> bool:
        """Whether none of the `words`, which `speaker_id` says, can mean the target. Never for a proposition."""
        return self._named and not any(self._can_mean_it(word, speaker_id) for word in words)

    def _is_name(self, form: str) -> bool:
        return form in self._whole or form.startswith(self._beginnings)

    def _can_mean_it(self, word: Word, speaker_id: str | None) -> bool:
        if self._is_name(word.form):
            return True
        if word.form in self._roles:
            return word.start not in self._others
        if word.form in _SELF:
            return self.is_of(speaker_id)
        is_person = self._speaker is None or self._speaker.kind != "organisation"
        return self._in_article and is_person and word.form in _THEY and word.start not in self._others


def words_of(article: Article, pieces: Sequence[Span]) -> list[Word]:
    """The words of some stretches of an article's text."""
    text = article.document.text
    found = (match for piece in pieces for match in _WORD.finditer(text, piece.start, piece.end))
    return [Word(re.split("['’]", match.group().casefold())[0], match.start()) for match in found]


def forms_of(article: Article) -> frozenset[str]:
    """The words of an article's title and text, as in `Word.form`."""
    return frozenset(re.split("['’]", word)[0] for word in _WORD.findall(whole_text(article.document).casefold()))


def _stem(word: str) -> str:
    """A name's word without what varies at its end: *Republicans*, *Trump's*, *Mexico* and *Mexican*."""
    bare = re.split("['’]", word)[0] or word
    return bare[:-1] if len(bare) > _SHORT + 1 else bare
