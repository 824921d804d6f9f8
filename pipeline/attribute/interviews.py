"""Interviews without a mark or a name before the turns: a paragraph asks, the next answer, and one person is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.attribute.findings import Finding, Source, pieces_of
from pipeline.attribute.scene import Scene
from pipeline.attribute.transcripts import interviewed_in
from pipeline.records import Span

_FEWEST_QUESTIONS = 3
_LONGEST_QUESTION = 60
"""Words."""
_MOST_ANSWERS = 4
"""Paragraphs that answer one question, on average at most: columns ask their readers more seldom."""
_I = re.compile(r"\b(?:I|I['’]\w+|me|my|we|we['’]\w+|our|us)\b")
_YOU = re.compile(r"\b(?:you|your|yours|you['’]\w+)\b", re.IGNORECASE)
_ASKS = re.compile(r"\?[\"”’)*_]*\s*$")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")

Paragraph = list[int]
"""The indices of its sentences, in order."""


def interview_findings(scene: Scene) -> list[Finding]:
    """The answers of an interview, one finding for a paragraph; none where the article is no such interview.

    It is one where three paragraphs or more ask, each is answered, half of them say *you*, half of the answers *I*,
    and somebody is named before the first.
    """
    paragraphs = list(_paragraphs(scene))
    asking = [at for at, paragraph in enumerate(paragraphs) if _asks(scene, paragraph)]
    if len(asking) < _FEWEST_QUESTIONS or len(paragraphs) - asking[0] > len(asking) * (1 + _MOST_ANSWERS):
        return []
    groups = [paragraphs[at + 1 : after] for at, after in zip(asking, [*asking[1:], len(paragraphs)], strict=True)]
    said_you = sum(_YOU.search(_text(scene, paragraphs[at])) is not None for at in asking)
    said_i = sum(any(_says_i(scene, paragraph) for paragraph in group) for group in groups)
    who = interviewed_in(scene, paragraphs[asking[0]][0])
    if not all(groups) or 2 * said_you < len(asking) or 2 * said_i < len(groups) or who is None:
        return []
    while len(groups[-1]) > 1 and not _says_i(scene, groups[-1][-1]):
        groups[-1].pop()
    return [_answer(scene, paragraph, who) for group in groups for paragraph in group]


def _paragraphs(scene: Scene) -> Iterator[Paragraph]:
    """The paragraphs of the body, in order."""
    current: Paragraph = []
    for index, sentence in enumerate(scene.sentences):
        if current and not scene.same_paragraph(current[-1], index):
            yield current
            current = []
        if sentence.kind == "body":
            current.append(index)
    if current:
        yield current


def _span(scene: Scene, paragraph: Paragraph) -> Span:
    return Span(scene.sentences[paragraph[0]].span.start, scene.sentences[paragraph[-1]].span.end)


def _text(scene: Scene, paragraph: Paragraph) -> str:
    span = _span(scene, paragraph)
    return scene.text[span.start : span.end]


def _asks(scene: Scene, paragraph: Paragraph) -> bool:
    words = _text(scene, paragraph)
    quoted = words.lstrip("*_").startswith(("“", '"', "'", "‘"))
    return _ASKS.search(words) is not None and len(words.split()) <= _LONGEST_QUESTION and not quoted


def _says_i(scene: Scene, paragraph: Paragraph) -> bool:
    return _I.search(_QUOTED.sub("", _text(scene, paragraph))) is not None


def _answer(scene: Scene, paragraph: Paragraph, who: Span) -> Finding:
    named = Source(span=who, head=who, kind="name", name=who)
    start = Span(scene.sentences[paragraph[0]].span.start, scene.sentences[paragraph[0]].span.start + 1)
    return Finding(
        content=pieces_of(scene.text, _span(scene, paragraph)),
        cue=None,
        source=Source(span=start, head=start, kind="pronoun", antecedent=named),
        force="speech",
        rule="answer",
        sentence=paragraph[0],
        certainty=0.8,
    )
