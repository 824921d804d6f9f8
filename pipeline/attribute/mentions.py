"""What leads to a pronoun: every mention of the cast, with how much it stands out where it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.attribute.cast import Cast
from pipeline.attribute.epithets import is_role, kind_of
from pipeline.attribute.findings import Finding, Source
from pipeline.attribute.forms import words
from pipeline.attribute.member import is_full_name
from pipeline.attribute.names import Use
from pipeline.attribute.pronouns import Question, Trace
from pipeline.attribute.scene import Scene
from pipeline.records import Span, overlapping

_QUOTED = -2.0
_SUBJECT = 0.8
_FIRST = 0.4
_OWNS = -0.3
_AFTER_PREPOSITION = -0.3
_PART_OF_NAME = -1.2
_INTRODUCED = 0.4
_REPORTED = -0.5
_HALF = 0.5
_LEVEL = {"speech": 1.0}
_POSSESSIVE = 0.3

_JUST_BEFORE = 2
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her)\b(?![’'](?:s|d|ll)\w)", re.IGNORECASE)
_OPENS = re.compile(r"((?:The|An?)\s+)((?:[\w’'-]+\s+){1,4})")
_WORD = re.compile(r"[\w’'-]+")
_AFTER = re.compile(r",?\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)?([a-z]+)")
_SUBJECTS = frozenset({"he", "she"})
_VERBS = words(
    """is was has had will would could can may might should must does did said told won went came took made gave got
    kept left lost met put ran saw spoke stood thought wrote began became held led sat set knew found felt fell drew
    chose brought built bought fought sought sent spent laid paid rose sold read hit cut let shot flew grew threw
    isn wasn hasn doesn didn won couldn wouldn says wants shook wept sang threw swore broke tore wore drove rode knelt
    leapt swept swung stuck struck heard taught caught understood withdrew forgave drank swam hung slid dug ate forgot
    froze"""
)
_NOUNS = words(
    """supporters aides officials allies backers voters delegates advisers donors staffers loyalists surrogates rallies
    emails ads policies years fans critics news times towers hotels steaks lawyers businesses signs buttons hats"""
)
_NAMED_AFTER = words(
    """campaign campaigns administration supporter supporters aide aides adviser advisers ally allies backer backers
    university tower organization foundation family presidency spokesman spokeswoman spokesperson camp team era rally
    rallies staffer staffers surrogate surrogates delegate delegates voter voters super fans fan loyalists official
    officials donors lawyer lawyers hotel hotels brand committee state steaks ticket candidacy nomination"""
)
_SAYING = words(
    """said says added adds asked asks told tells argued argues wrote writes tweeted tweets replied replies warned
    insisted"""
)
_PREPOSITIONS = words(
    """of for with to by in on about from against under like as between than over after before toward towards at
    including behind without near via despite among into around alongside beside unlike and"""
)


def name_traces(scene: Scene, uses: Sequence[Use], cast: Cast, findings: Sequence[Finding]) -> list[Trace]:
    """A trace for each name of the cast, in text order; `findings` tell who speaks and what is only reported."""
    traces: list[Trace] = []
    introduced: set[int] = set()
    first_in: set[int] = set()
    sources = {f.source.name.end: _LEVEL.get(f.force, _HALF) for f in findings if f.source and f.source.name}
    reported = _by_sentence(scene, findings)
    for use in uses:
        member = cast.by_use.get((use.span.start, use.span.end))
        if member is None:
            continue
        quotes = overlapping(scene.quotes_in[use.sentence], use.span)
        quoted = any(piece.covers(use.span) for q in quotes for piece in overlapping(q.pieces, use.span))
        said = _SAYING.intersection((use.before, use.after))
        spoke = 0.0 if quoted else max(sources.get(use.span.end, 0.0), 1.0 if said else 0.0)
        topic = use.before == "for" and use.after == "," and _opens(scene, use)
        weight = _weight(use, quoted, spoke > 0 or topic, use.sentence not in first_in)
        if id(member) not in introduced and not quoted and (use.title or use.after == ",") and " " in use.name:
            weight += _INTRODUCED
        if not quoted and any(piece.covers(use.span) for piece in reported.get(use.sentence, ())):
            weight += _REPORTED
        introduced.add(id(member))
        if not quoted:
            first_in.add(use.sentence)
        paragraph = scene.sentences[use.sentence].paragraph
        traces.append(Trace(use.span.start, use.sentence, paragraph, member, weight, spoke))
    return traces


def _opens(scene: Scene, use: Use) -> bool:
    """Whether *For* and a name open a sentence, which is then about its bearer: *For Kerr, it was a day to forget*."""
    return use.span.start - len(use.title) - scene.sentences[use.sentence].span.start <= len("For  ")


def _by_sentence(scene: Scene, findings: Sequence[Finding]) -> dict[int, list[Span]]:
    """What is reported in each sentence of a finding."""
    found: dict[int, list[Span]] = {}
    for finding in findings:
        for piece in finding.content:
            found.setdefault(scene.sentence_at(piece.start), []).append(piece)
    return found


def pronoun_weight(word: str) -> float:
    """How much a mention by a pronoun stands out."""
    return _SUBJECT if word in _SUBJECTS else _POSSESSIVE


def free_pronouns(scene: Scene) -> Iterator[tuple[Span, int]]:
    """*he*, *she* and their forms outside quotations, with the index of their sentence, in text order."""
    for index, sentence in enumerate(scene.sentences):
        pieces = [piece for quote in scene.quotes_in[index] for piece in overlapping(quote.pieces, sentence.span)]
        for match in _PRONOUN.finditer(scene.text, sentence.span.start, sentence.span.end):
            span = Span(*match.span())
            if not any(piece.covers(span) for piece in pieces):
                yield span, index


def just_opened(uses: Sequence[Use], asked: Question) -> Iterator[Use]:
    """The full names that opened the sentences right before a pronoun, and its own; the last first."""
    for sentence in range(asked.sentence, asked.sentence - _JUST_BEFORE - 1, -1):
        at = bisect_left(uses, sentence, key=lambda use: use.sentence)
        use = uses[at] if at < len(uses) and uses[at].sentence == sentence else None
        if use is not None and use.opens and use.span.start < asked.place and is_full_name(use.name):
            yield use


def opening_roles(scene: Scene) -> Iterator[tuple[Source, int]]:
    """*The keeper*, *A legislator* and *The agency* that open a sentence as its subject, with its index."""
    for index, sentence in enumerate(scene.sentences):
        match = _OPENS.match(scene.text, sentence.span.start, sentence.span.end)
        if match is None or sentence.kind != "body":
            continue
        for noun in _WORD.finditer(match.group(2)):
            head = Span(match.start(2) + noun.start(), match.start(2) + noun.end())
            after = _AFTER.match(scene.text, head.end, sentence.span.end)
            word = noun.group().lower()
            if after and (is_role(word) or kind_of(word, word, plural=False) == "organisation"):
                if after.group(1) in ("who", "which") or _is_verb(after.group(1)):
                    yield Source(span=Span(match.start(1), head.end), head=head, kind="nominal"), index
                break


def _weight(use: Use, quoted: bool, spoke: bool, first: bool) -> float:
    if quoted:
        return _QUOTED
    if use.after in _NAMED_AFTER and not use.owns:
        return _PART_OF_NAME
    if not use.owns and (spoke or _is_subject(use)):
        return _SUBJECT
    if use.before == "and" and _is_verb(use.after):
        return _FIRST
    if use.owns or use.before in _PREPOSITIONS:
        return _OWNS if use.owns else _AFTER_PREPOSITION
    return _FIRST if first else 0.0


def _is_subject(use: Use) -> bool:
    return use.before not in _PREPOSITIONS and (_is_verb(use.after) or _is_verb(use.resumes))


def _is_verb(word: str) -> bool:
    return word in _VERBS or (word.endswith(("ed", "s")) and len(word) > 3 and word not in _NOUNS)
