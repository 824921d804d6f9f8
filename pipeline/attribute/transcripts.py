"""Attributions by layout alone: *NAME: words*, *"words" — Name*, and a headline's *Name: words*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.attribute.findings import Finding, Source, pieces_of, without
from pipeline.attribute.forms import words
from pipeline.attribute.gender import is_first_name
from pipeline.attribute.lexicon import DOCUMENTS, EVIDENCE, INVERTED
from pipeline.attribute.organisations import looks_like_organisation
from pipeline.attribute.quotations import Quote
from pipeline.attribute.scene import Scene
from pipeline.letters import CAPITAL, PARTICLES
from pipeline.records import Span

_NAME = rf"(?:[{CAPITAL}][\w'’.-]*|of|the|{'|'.join(sorted(PARTICLES))})"
_CAPITALS = rf"[{CAPITAL}][{CAPITAL}'’.-]"
_IN_BRACKETS = r"(?:\s*[(\[][^)\]]{0,60}[)\]])?"
_STATION = r"(?:,[^:.\n]{2,60}(?=:))?"
"""What a speaker of a broadcast is, after the name: *WOLF HARPER, CNN ANCHOR:*."""
_TURN = re.compile(
    rf"[\"“”\s]*((?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.\s+)?(?:{_CAPITALS}+|[{CAPITAL}]\.)(?:\s+{_CAPITALS}*){{0,3}})"
    rf"{_IN_BRACKETS}{_STATION}:\s+(?=\S)"
)
_ASKED_TURN = re.compile(r"[\"“”\s]*([QA])(?:[:.]\s+(?=\S)|(?<=Q)(?=[A-Z]))")
_TITLED_TURN = re.compile(rf"[\"“”\s]*([{CAPITAL}][\w'’.-]+(?:\s+{_NAME}){{0,3}}){_IN_BRACKETS}:\s+(?=\S)")
_SIGNATURE = re.compile(rf"\s*(?:―|—|–|--|-)\s*([{CAPITAL}][\w'’.-]*(?:,?\s+{_NAME}){{0,5}})(?=\s*(?:[.,;(]|$))")
_NO_NAMES = re.compile(
    r"^(?:UPDATE|NOTE|WATCH|READ|BREAKING|PHOTOS?|VIDEO|MORE|RELATED|CORRECTION|LIVE|OPINION|FACT|"
    r"(?i:(?:the )?(?:claims?|verdict|rating|ruling|facts?|truth|evidence|context|sources?|conclusion|background|"
    r"contact|attendance|score|scorers|tries|goals|subs|referee)))\b"
)
"""What opens a paragraph before a colon and is nobody: labels of newsrooms, of fact checks, of scores."""
_LABELS = words(
    """latest analysis exclusive review editorial commentary column essay recap transcript obituary profile preview
    explainer roundup verdict"""
)
"""What a newspaper sets before a colon to say what kind of article follows: *The Latest: ...*."""
_OPENING_NAME = re.compile(rf"\W*([{CAPITAL}][\w'’.-]+(?:\s+{_NAME}){{0,3}}){_IN_BRACKETS}(:)\s*$")
_NAME_AND_VERB = re.compile(
    rf"\W*([{CAPITAL}][\w'’.-]+(?:\s+{_NAME}){{1,3}}){_IN_BRACKETS}(?:,[^,:]{{2,40}},)?(?:\s+[a-z]+){{1,3}}(:)\s*$"
)
"""*Ann Shaw, in Oban, emails:*, whatever the verb."""
_INVERTED = re.compile(rf"\W*({'|'.join(sorted(INVERTED))})\s+([{CAPITAL}][\w'’.-]+(?:\s+{_NAME}){{0,3}})[,:]\s*$")
_NAME_BEFORE = re.compile(
    r"(?:[-–—―]\s*|\b[Mm]ore from\s+|(?<!\S)(?!(?:in|at|on|of|by|from|to|for|the|and|or|with)\b)[a-z]+\s+(?=\S+\s))"
    rf"([{CAPITAL}][\w'’.-]+(?:\s+{_NAME}){{0,3}})(:)\s*$"
)
_LOOK_BACK = 60
"""How far before a quotation its name may begin: sentences can be as long as articles."""
_DIRECTION = re.compile(r"^[(\[][A-Z][A-Z ,.\"“”'’-]*[)\]][ \t]*$", re.MULTILINE)
"""*(LAUGHTER)*, *(SOUNDBITE OF WATER)*: what is heard in a broadcast, on a line of its own."""
_SPOKEN = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 2
_FEWEST_TURNS = 2


def transcript_findings(scene: Scene) -> list[Finding]:
    """Findings by layout, in text order."""
    return [*_turns(scene), *_signatures(scene), *_headlines(scene)]


def named_quotations(scene: Scene) -> Iterator[Finding]:
    """Quotations right after a name and a colon: *Bush: "..."*, *- Bush: "..."*, *no news to pollster Ann Shaw: "..."*.

    So are those that a verb before the name brings in, *Wrote Bush, "..."*. Within a sentence only a name of two words
    or more counts, and not after *in* and the like.
    """
    for quote in scene.quotes:
        index = scene.sentence_at(quote.body)
        for rule, find in (("inverted", _after_verb_and_name), ("named", _after_name)):
            if quote.kind == "speech" and (found := find(scene, quote, index)) is not None:
                cue, name = found
                yield _by_name(quote.pieces, cue, name, index, rule)
                break


def _after_name(scene: Scene, quote: Quote, index: int) -> tuple[Span, Span] | None:
    """The colon and the name right before a quotation."""
    sentence = scene.sentences[index].span.start
    start = max(sentence, quote.start - _LOOK_BACK)
    before = scene.text[start : quote.start]
    match = (_opening_name(scene, before, start) if start == sentence else None) or _NAME_BEFORE.search(before)
    if match is None or _NO_NAMES.match(match.group(1)):
        return None
    return _group(match, 2, start), _group(match, 1, start)


def _opening_name(scene: Scene, before: str, start: int) -> re.Match[str] | None:
    """All that stands before a quotation in its sentence: a name and a colon, or a known name with a few words more."""
    if (alone := _OPENING_NAME.match(before)) is not None:
        return alone
    match = _NAME_AND_VERB.match(before)
    known = match is not None and any(use.span.start == start + match.start(1) for use in scene.names)
    return match if known else None


def _after_verb_and_name(scene: Scene, quote: Quote, index: int) -> tuple[Span, Span] | None:
    """The verb and the name that make up all that stands before a quotation in its sentence, or the sentence before."""
    start = scene.sentences[index].span.start
    if index and not scene.text[start : quote.start].strip():
        start = scene.sentences[index - 1].span.start
    match = _INVERTED.match(scene.text[start : quote.start]) if quote.start - start <= _LOOK_BACK else None
    return None if match is None else (_group(match, 1, start), _group(match, 2, start))


def _group(match: re.Match[str], group: int, start: int) -> Span:
    return Span(start + match.start(group), start + match.end(group))


def _turns(scene: Scene) -> Iterator[Finding]:
    """Paragraphs that open with a name in capitals and a colon, or at least two with one and the same kind of name."""
    for pattern in (_ASKED_TURN, _TURN, _TITLED_TURN):
        opened = [(index, match) for index in _first_sentences(scene) if (match := _opening(scene, index, pattern))]
        names = [match.group(1) for _, match in opened]
        if len(opened) < _FEWEST_TURNS or (pattern is _TITLED_TURN and len(set(names)) == len(names)):
            continue
        if pattern is _ASKED_TURN and set(names) != {"Q", "A"}:
            continue
        interviewed = interviewed_in(scene, opened[0][0]) if pattern is _ASKED_TURN else None
        for (index, match), after in zip(opened, [*opened[1:], None], strict=True):
            stop = scene.sentences[after[0] - 1].span.end if after else scene.paragraph_end(index)
            for turn in _finding(scene, index, Span(*match.span(1)), Span(match.end(), stop), "turn"):
                yield turn if pattern is not _ASKED_TURN else _of_interview(turn, match.group(1), interviewed)
        return


def _of_interview(turn: Finding, label: str, interviewed: Span | None) -> Finding:
    """A question of *Q*, whoever that is, or an answer of whoever is interviewed."""
    if turn.source is None:
        return turn
    if label == "Q" or interviewed is None:
        return replace(turn, source=replace(turn.source, name=None, kind="nominal"))
    answers = Source(span=interviewed, head=interviewed, kind="name", name=interviewed)
    return replace(turn, source=replace(turn.source, name=None, kind="pronoun", antecedent=answers))


def interviewed_in(scene: Scene, first: int) -> Span | None:
    """The name of the person whom an interview's front, what stands before its `first` turn, names most often."""
    front = [use for use in scene.names if use.sentence < first]
    people = [use for use in front if " " in use.name and not looks_like_organisation(use.name)]
    often = Counter(use.name.split()[-1] for use in front)
    known = {use.name: bool(use.title) or is_first_name(use.name.split()[0]) for use in people}
    found = max(people, key=lambda use: (known[use.name], often[use.name.split()[-1]]), default=None)
    return None if found is None else found.span


def _first_sentences(scene: Scene) -> list[int]:
    return [i for i in range(len(scene.sentences)) if not i or not scene.same_paragraph(i - 1, i)]


def _opening(scene: Scene, index: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    span = scene.sentences[index].span
    match = pattern.match(scene.text, span.start, scene.paragraph_end(index))
    return None if match is None or _NO_NAMES.match(match.group(1)) else match


def _signatures(scene: Scene) -> Iterator[Finding]:
    """Quotations followed by a dash and a name that ends the paragraph or the sentence."""
    for quote in scene.quotes:
        index = scene.sentence_at(quote.end - 1)
        after = min(index + 1, len(scene.sentences) - 1)
        match = _SIGNATURE.match(scene.text, quote.end, scene.sentences[after].span.end)
        if match is not None and quote.kind in ("speech", "title"):
            source = Span(*match.span(1))
            yield _by_name(quote.pieces, Span(quote.end, source.start), source, index, "dash")


def _headlines(scene: Scene) -> Iterator[Finding]:
    """A headline that opens, or ends, with a name and a colon."""
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind != "headline":
            continue
        match = _TITLED_TURN.match(scene.text, sentence.span.start, sentence.span.end)
        if match is not None and _is_speaker(scene, match):
            yield from _finding(scene, index, Span(*match.span(1)), Span(match.end(), sentence.span.end), "headline")


def _is_speaker(scene: Scene, match: re.Match[str]) -> bool:
    """Whether what opens a headline is met again in the article, or is a report: *Poll:*, but not *Wow:*."""
    last = match.group(1).split()[-1]
    if last.lower() in _LABELS:
        return False
    again = re.compile(rf"\b{re.escape(last)}\b").search(scene.text, match.end())
    return again is not None or last.lower() in EVIDENCE | DOCUMENTS


def _finding(scene: Scene, index: int, source: Span, content: Span, rule: str) -> Iterator[Finding]:
    spoken = [content]
    for match in _DIRECTION.finditer(scene.text, content.start, content.end):
        spoken[-1:] = without(spoken[-1], Span(*match.span()))
    pieces = pieces_of(scene.text, *spoken)
    fewest = 1 if rule == "turn" else _FEWEST_WORDS
    if pieces and len(_SPOKEN.findall(scene.text, content.start, content.end)) >= fewest:
        yield _by_name(pieces, Span(source.end, source.end + 1), source, index, rule)


def _by_name(content: tuple[Span, ...], cue: Span, source: Span, index: int, rule: str) -> Finding:
    return Finding(
        content=content,
        cue=cue,
        source=Source(span=source, head=source, kind="name", name=source),
        force="speech",
        rule=rule,
        sentence=index,
        certainty=0.85,
    )
