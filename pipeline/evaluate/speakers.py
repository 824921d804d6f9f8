"""Score who speaks each sentence by the person meant, where PolNeAR's score compares the words of a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_gold, weight_of
from pipeline.evaluate.intervals import bootstrap_score, share_of_sums
from pipeline.evaluate.mistakes import Mistake, attributed
from pipeline.records import AUTHOR, Article, Document, Sentence, Span, Speaker, overlapping
from pipeline.stage import Stage

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NO_NAMES = frozenset(("the", "a", "an", "of", "for", "in", "on", "at", "and", "mr", "mrs", "ms", "dr"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardVoice:
    """A stretch of text, every name that is right for it, and what it counts for in a score."""

    span: Span
    names: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardArticle:
    """A document and who speaks where: `voices` in text order and disjoint."""

    document: Document
    voices: tuple[HeardVoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """A body sentence, the voice it is held against, the speaker who was found."""

    sentence: Sentence
    voice: HeardVoice
    found: Speaker

    @property
    def wanted(self) -> tuple[str, ...]:
        return self.voice.names

    @property
    def right(self) -> bool:
        return any(same_name(name, self.found) for name in self.wanted)


def evaluate_speakers(gold: Path, stages: Sequence[Stage], *, errors: int = 0) -> dict[str, Any]:
    """Score who speaks the body sentences of articles whose `read_heard` voices are known.

    A sentence is held against the voice that it shares most with; one that shares nothing with any is not counted.
    Right is every name that the gold accepts (`same_name`).

    Returns:
        ``speakers``: the share of sentences that are right, of ``all``, of those ``spoken`` by somebody in the gold,
        and of the ``author``'s own. ``n``: articles and sentences. ``errors``, if asked for: so many mistakes, in the
        order of the file. ``weighted``: whether voices were drawn with unequal chances, so that each counts as one over
        its own. Scores carry 95 % intervals by resampling articles. Read ``spoken`` as: of the sentences
        that are somebody's, how many a reader would find under the right name.
    """
    heard = read_heard(gold)
    counts, sizes = np.zeros((len(heard), 3, 2)), np.zeros(3, dtype=np.int64)
    mistakes: list[Mistake] = []
    articles = attributed([marked.document for marked in heard], stages)
    for number, (article, marked) in enumerate(zip(articles, heard, strict=True)):
        for scored in _score(article, marked):
            own = AUTHOR in scored.wanted[:1]
            for row in (0, 2 if own else 1):
                counts[number, row] += scored.right * scored.voice.weight, scored.voice.weight
                sizes[row] += 1
            if not scored.right:
                mistakes.append(_mistake(article, scored))
    names = ("all", "spoken", "author")
    scores: dict[str, Any] = {
        "speakers": {name: bootstrap_score(counts[:, row], share_of_sums) for row, name in enumerate(names)},
        "n": {"articles": len(heard), "sentences": int(sizes[0]), "spoken": int(sizes[1])},
        "weighted": len({voice.weight for marked in heard for voice in marked.voices}) > 1,
    }
    return scores | ({"errors": [asdict(mistake) for mistake in mistakes[:errors]]} if errors else {})


def read_heard(path: Path) -> list[HeardArticle]:
    """Read a JSON Lines file of articles, one a line, in order.

    A row has ``text`` and ``voices``: ``{"start", "end", "speakers"}`` each, half-open code points, in text order, with
    the names that are right, the best first, ``author`` for the article's own voice; an ``inclusion_probability`` where
    they were drawn. Raises InputError with file, line and field for the first bad row.
    """
    heard = [_heard(row, Place(path=path, line=line)) for line, row in read_gold(path, ["text", "voices"])]
    if not heard:
        raise InputError("there are no articles.", where=Place(path=path), fix="give a file with rows.")
    return heard


def same_name(wanted: str, found: Speaker) -> bool:
    """Whether a speaker is who the gold says: by the same words but for accents, capitals, *the* and *Mr*.

    All words of the gold's name stand in the speaker's name or in one of its aliases, or all of the speaker's name in
    the gold's: *Ruth Abelson* is *Abelson*, and is not *Walter Abelson*. The author is only the author.
    """
    if AUTHOR in (wanted, found.name):
        return wanted == found.name
    gold = _words(wanted)
    return any(gold <= _words(name) for name in (found.name, *found.aliases)) or _words(found.name) <= gold


def _words(name: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    return frozenset(_WORD.findall(plain)) - _NO_NAMES or frozenset({plain})


def _heard(row: dict[str, Any], where: Place) -> HeardArticle:
    text, title, voices, reached = row["text"], row.get("title") or None, [], 0
    for field, value in (("text", text), ("title", title or "")):
        if not isinstance(value, str):
            raise InputError(
                f"`{field}` is no text.",
                where=Place(path=where.path, line=where.line, field=field),
                fix="write it as one string.",
            )
    try:
        for voice in row["voices"]:
            start, end, names = voice["start"], voice["end"], voice["speakers"]
            named = isinstance(names, list) and names and all(isinstance(name, str) for name in names)
            if not reached <= start < end <= len(text) or not named:
                raise ValueError
            voices.append(HeardVoice(span=Span(start, end), names=tuple(names), weight=weight_of(voice, where)))
            reached = end
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(
            f"voice {len(voices)} of the article is not one.",
            where=Place(path=where.path, line=where.line, field="voices"),
            fix='write {"start": 0, "end": 9, "speakers": ["Ann Lee"]}, in the order of the text.',
        ) from error
    doc_id = str(row.get("id", where.line))
    return HeardArticle(document=Document(doc_id=doc_id, text=text, title=title), voices=tuple(voices))


def _score(article: Article, marked: HeardArticle) -> list[_Scored]:
    voices = {voice.span: voice for voice in marked.voices}
    spans = list(voices)
    scored = []
    for sentence in article.sentences or ():
        shared = overlapping(spans, sentence.span) if sentence.kind == "body" else []
        if shared:
            best = max(shared, key=lambda span: min(span.end, sentence.span.end) - max(span.start, sentence.span.start))
            scored.append(_Scored(sentence=sentence, voice=voices[best], found=article.speaker_of(sentence)))
    return scored


def _mistake(article: Article, scored: _Scored) -> Mistake:
    return Mistake(
        kind="sentence",
        doc_id=article.document.doc_id,
        start=scored.sentence.span.start,
        text=article.text_of(scored.sentence),
        wanted=scored.wanted[0],
        found=scored.found.name,
    )
