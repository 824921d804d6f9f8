"""Write what was found as records: speakers with their ids, attributions with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.attribute.confidence import attribution_confidence
from pipeline.attribute.findings import Finding
from pipeline.attribute.member import Member
from pipeline.attribute.quotations import Quote
from pipeline.attribute.scene import Scene, quoted_share
from pipeline.attribute.speakers import Spoken
from pipeline.records import AUTHOR, Attribution, AttributionType, Quotation, Speaker

_NOT_SLUG = re.compile(r"[\W_]+")
_DIRECT = 0.9
_REPEATED = 2
_EVIDENCE = {
    "clause": "“{cue}” reports a clause, and its subject is “{source}”",
    "parenthetical": "“{source} {cue}” stands between commas in what is reported",
    "infinitive": "“{cue}” has an infinitive, and its subject is “{source}”",
    "object": "“{cue}” has an object, and its subject is “{source}”",
    "naming": "“{cue}” gives its object a name, and its subject is “{source}”",
    "about": "“{cue}” has a preposition with what it is about, and its subject is “{source}”",
    "quotation": "“{cue}” stands beside the quotation, and its subject is “{source}”",
    "quotation before": "the sentence after the quotation says “{source} {cue}”",
    "after colon": "the quotation follows a colon, and the subject before it is “{source}”",
    "colon": "the sentence before says “{source} {cue}” and ends with a colon",
    "block": "the paragraph before says “{source} {cue}” and ends with a colon",
    "subject before": "no cue: the subject of the sentence before is “{source}”",
    "sole speaker": "no cue: the article has quoted nobody else so far",
    "according to": "“{cue} {source}” names the source of the clause",
    "in a poll": "“{cue} {source}”: what follows is what it found",
    "no comment": "“{cue}”: “{source}” says nothing",
    "adjective": "“{cue}” is what “{source}” is about it",
    "noun": "“{cue}” reports, and its issuer is “{source}”",
    "passive": "“{cue}” in the passive: somebody unnamed says so",
    "seeming": "“{cue}”: the writer hedges",
    "hedge": "“{cue}”: somebody unnamed says so",
    "turn": "the paragraph opens with “{source}” and a colon",
    "answer": "the paragraph answers a question of an interview",
    "named": "“{source}” and a colon stand right before the quotation",
    "inverted": "“{cue}” and “{source}” lead into the quotation",
    "dash": "the quotation is signed “{source}”",
    "headline": "the headline opens with “{source}” and a colon",
    "spokesperson": "“{source}” stands beside the organisation that is the subject of “{cue}”, and speaks for it",
}


def write_speakers(doc_id: str, members: Sequence[Member], speaking: Iterable[int]) -> dict[int, Speaker]:
    """Records of the members that speak (`speaking` has their ``id()``) or are named repeatedly, by ``id()``.

    In the order of their first mention. Speaker ids are ``{doc_id}:{slug of the name}``, with ``-2`` and so on for
    names that meet in one slug.
    """
    heard = frozenset(speaking)
    named = (m for m in members if id(m) in heard or _is_repeated(m))
    ordered = sorted(named, key=lambda m: min(m.mentions, default=(1 << 60, 0)))
    taken = {AUTHOR: 1}
    written: dict[int, Speaker] = {}
    for member in ordered:
        slug = _NOT_SLUG.sub("-", member.name.casefold()).strip("-") or "unknown"
        taken[slug] = taken.get(slug, 0) + 1
        suffix = f"-{taken[slug]}" if taken[slug] > 1 else ""
        written[id(member)] = _speaker(f"{doc_id}:{slug}{suffix}", member)
    return written


def write_author(doc_id: str) -> Speaker:
    """The article's own voice."""
    return Speaker(speaker_id=f"{doc_id}:{AUTHOR}", name=AUTHOR, kind="author")


def write_attributions(
    doc_id: str, scene: Scene, spoken: Sequence[Spoken], speakers: Mapping[int, Speaker]
) -> tuple[Attribution, ...]:
    """Records of what was found, in the order given; ids count from 0: ``{doc_id}:a{n}``."""
    parents = _parents([each.finding for each in spoken])
    return tuple(
        replace(
            _attribution(doc_id, scene, each, speakers),
            attribution_id=f"{doc_id}:a{number}",
            parent=None if parents[number] is None else f"{doc_id}:a{parents[number]}",
        )
        for number, each in enumerate(spoken)
    )


def write_quotations(doc_id: str, scene: Scene, spoken: Sequence[Spoken]) -> tuple[Quotation, ...]:
    """Records of the quotations, block quotations among them, in text order; ids count from 0: ``{doc_id}:q{n}``."""
    blocks = [Quote(pieces=each.finding.content, kind="block") for each in spoken if each.finding.rule == "block"]
    quotes = sorted((*scene.quotes, *blocks), key=lambda quote: quote.pieces)
    return tuple(
        Quotation(quotation_id=f"{doc_id}:q{number}", pieces=quote.pieces, kind=quote.kind)
        for number, quote in enumerate(quotes)
    )


def _is_repeated(member: Member) -> bool:
    names = sum(kind == "name" for kind in member.mentions.values())
    return member.kind in ("person", "organisation") and names >= _REPEATED


def _speaker(speaker_id: str, member: Member) -> Speaker:
    others = sorted(name for name in member.names if name != member.name)
    if member.also is not None and member.also not in (*others, member.name):
        others.append(member.also)
    return Speaker(
        speaker_id=speaker_id,
        name=member.name if member.name != AUTHOR else f"the {AUTHOR}",  # of a novel: not the article's own voice
        kind=member.kind,
        aliases=tuple(others),
        titles=tuple(member.titles),
        gender=member.gender,
        speaks_for=member.spoken_for,
        mentions=member.in_order(),
    )


def _attribution(doc_id: str, scene: Scene, spoken: Spoken, speakers: Mapping[int, Speaker]) -> Attribution:
    """The record of one finding, its own id and its parent's left open."""
    finding = spoken.finding
    speaker_id = f"{doc_id}:{AUTHOR}" if spoken.member is None else speakers[id(spoken.member)].speaker_id
    return Attribution(
        attribution_id="",
        speaker_id=speaker_id,
        content=finding.content,
        cue=finding.cue,
        source=None if finding.source is None else finding.source.span,
        type=_type(scene, finding),
        force=finding.force,
        rule=finding.rule,
        confidence=attribution_confidence(scene.text, finding, close=spoken.runner_up is not None),
        evidence=_evidence(scene, finding, spoken.member),
        runner_up=None if spoken.runner_up is None else spoken.runner_up.name,
    )


def _type(scene: Scene, finding: Finding) -> AttributionType:
    """Direct: 90 % or more of the letters and digits stand within quotation marks; indirect: none do."""
    first, last = finding.content[0].start, finding.content[-1].end - 1
    here = range(scene.sentence_at(first), scene.sentence_at(last) + 1)
    quotes = list(dict.fromkeys(quote for index in here for quote in scene.quotes_in[index]))
    share = quoted_share(scene.text, finding.content, quotes)
    if share == 0:
        return "indirect"
    return "direct" if share >= _DIRECT else "mixed"


def _evidence(scene: Scene, finding: Finding, member: Member | None) -> str:
    """Why, in one sentence."""
    text = scene.text
    cue = text[finding.cue.start : finding.cue.end] if finding.cue is not None else ""
    source = text[finding.source.span.start : finding.source.span.end] if finding.source is not None else ""
    said = _EVIDENCE[finding.rule].format(cue=" ".join(cue.split()), source=" ".join(source.split()) or "unnamed")
    meant = member is not None and finding.source is not None and finding.source.kind == "pronoun"
    return f"{said}, which means {member.name}." if meant and member is not None else f"{said}."


def _parents(findings: Sequence[Finding]) -> list[int | None]:
    """For each finding the smallest longer one, of its own or a neighbouring sentence, whose content holds its cue."""
    near: dict[int, list[int]] = {}
    for number, finding in enumerate(findings):
        for sentence in (finding.sentence - 1, finding.sentence, finding.sentence + 1):
            near.setdefault(sentence, []).append(number)
    return [_parent(number, findings, near[finding.sentence]) for number, finding in enumerate(findings)]


def _parent(number: int, findings: Sequence[Finding], near: Sequence[int]) -> int | None:
    cue, own = findings[number].cue, (_reach(findings[number]), number)
    if cue is None:
        return None
    holding = [
        (_reach(findings[other]), other)
        for other in near
        if (_reach(findings[other]), other) > own and any(piece.covers(cue) for piece in findings[other].content)
    ]
    return min(holding)[1] if holding else None


def _reach(finding: Finding) -> int:
    """From where to where the content goes: parents go farther than what they hold, so that no two hold each other."""
    return finding.content[-1].end - finding.content[0].start
