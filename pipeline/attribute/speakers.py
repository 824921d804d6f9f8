"""Give every finding its speaker: names, roles, pronouns and groups, resolved to one cast."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.attribute.cast import Cast, Member
from pipeline.attribute.findings import Finding, Source
from pipeline.attribute.gender import gender_of_words
from pipeline.attribute.lexicon import DOCUMENTS, ROLE_WORDS, SPOKES_WORDS
from pipeline.attribute.names import Use, find_names, use_at
from pipeline.attribute.organisations import Aliases, bare, is_place, looks_like_organisation
from pipeline.attribute.pronouns import GENDERS, Choice, Trace, choose
from pipeline.attribute.scene import Scene
from pipeline.attribute.titles import roles
from pipeline.records import Span, SpeakerKind

_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+", re.IGNORECASE)
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PLURAL = frozenset({"they", "them", "their", "these", "those"})
_NOBODY = frozenset({"it", "its", "this", "that", "what", "one", "you", "who", "which"})
_LONGEST_NAME = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A finding with its speaker; no `member` stands for the author, where the finding's own voice is meant."""

    finding: Finding
    member: Member | None
    runner_up: Member | None = None


class Speakers:
    """The cast of one article and the way from each finding to one of them. Findings go through in text order."""

    def __init__(self, scene: Scene, findings: Sequence[Finding], aliases: Aliases) -> None:
        self._scene = scene
        uses = _all_uses(scene, findings)
        self.cast = Cast(uses, _speaking(uses, findings), aliases)
        self._described: dict[str, Member] = {}
        self._traces = self._first_traces(uses)
        self.unknown: Member | None = None

    def speak(self, findings: Sequence[Finding]) -> list[Spoken]:
        """Resolve the source of each finding, in the order given, which must be that of the text."""
        return [self._speak(finding) for finding in findings]

    def _first_traces(self, uses: Sequence[Use]) -> list[Trace]:
        """A trace for each name, in text order."""
        traces: list[Trace] = []
        seen: set[int] = set()
        for use in uses:
            member = self.cast.by_use.get((use.span.start, use.span.end))
            if member is None:
                continue
            quoted = any(piece.covers(use.span) for q in self._scene.quotes_in[use.sentence] for piece in q.pieces)
            traces.append(Trace(use.span.start, use.sentence, member, quoted, use.sentence not in seen, False))
            seen |= set() if quoted else {use.sentence}
        return traces

    def _speak(self, finding: Finding) -> Spoken:
        if finding.source is None:
            return Spoken(finding=finding, member=None if finding.by_author else self._nobody())
        finding, source = self._beside_spokesperson(finding, finding.source)
        choice = self._resolve(source, finding.sentence)
        if choice is None:
            return Spoken(finding=finding, member=None)
        member = choice.member
        member.mention(source.span.start, source.span.end, source.kind) if source.name is None else None
        if finding.force == "speech":
            here = Trace(source.span.start, finding.sentence, member, False, True, True)
            insort(self._traces, here, key=lambda trace: trace.place)
        return Spoken(finding=finding, member=member, runner_up=choice.runner_up)

    def _nobody(self) -> Member:
        if self.unknown is None:
            self.unknown = self.cast.add("unknown", "unknown")
        return self.unknown

    def _resolve(self, source: Source, sentence: int) -> Choice | None:
        """Who a source is; ``None`` for the author's own *I* and *we*."""
        if source.kind == "pronoun":
            return self._pronoun(source, sentence)
        member = self._named(source)
        if member is not None:
            return Choice(member=member)
        return self._described_by(source, sentence)

    def _pronoun(self, source: Source, sentence: int) -> Choice | None:
        word = self._text(source.span).lower()
        if source.antecedent is not None:
            return self._resolve(source.antecedent, sentence)
        if word in _FIRST_PERSON:
            return None
        place = source.span.start
        if word in GENDERS:
            found = choose(self._traces, place, sentence, lambda m: m.kind == "person", GENDERS[word])
        elif word in _PLURAL:
            found = choose(self._traces, place, sentence, lambda m: m.kind in ("group", "organisation"))
        elif word in _NOBODY:
            found = choose(self._traces, place, sentence, lambda m: m.kind == "organisation")
        else:
            found = Choice(member=self._described_as(word, "group"))
        return found or Choice(member=self._nobody())

    def _named(self, source: Source) -> Member | None:
        """The member whose name a source holds, with the title and the organisation that stand beside it."""
        if source.name is None:
            return None
        member = next((member for _, member in self.cast.within(source.name)), None)
        if member is None:
            return None
        if source.title is not None and member.kind == "person":
            member.add_title(_DETERMINER.sub("", self._text(source.title)))
        if source.beside is not None and member.kind == "person":
            member.spoken_for = member.spoken_for or self._spoken_for(source)
        return member

    def _spoken_for(self, source: Source) -> str | None:
        """The organisation or person that a source speaks for, if its words say that it does."""
        said = self._text(source.span).lower()
        words = set(re.findall(r"[a-z]+", said))
        if source.beside is None or not words & (SPOKES_WORDS | {"official", "officials"}):
            return None
        beside = bare(self._text(source.beside))
        return next((m.name for _, m in self.cast.within(source.beside)), None if is_place(beside) else beside)

    def _described_by(self, source: Source, sentence: int) -> Choice:
        """Somebody without a name: by the role of somebody known, or as a member of its own."""
        head = self._text(source.head).lower()
        text = _DETERMINER.sub("", " ".join(self._text(source.span).split()))
        definite = self._text(source.span).lower().startswith(("the ", "that ", "this "))
        if definite and not source.plural and head in ROLE_WORDS:
            known = choose(self._traces, source.span.start, sentence, lambda m: m.has_role(head))
            if known is not None:
                return known
        member = self._described_as(text, _kind_of(text, head, source))
        member.spoken_for = member.spoken_for or self._spoken_for(source)
        return Choice(member=member)

    def _described_as(self, text: str, kind: SpeakerKind) -> Member:
        short = " ".join(text.split()[:_LONGEST_NAME])
        key = short.lower()
        if key not in self._described:
            self._described[key] = self.cast.add(kind, short)
            self._described[key].gender = gender_of_words(short) if kind == "person" else None
        return self._described[key]

    def _beside_spokesperson(self, finding: Finding, source: Source) -> tuple[Finding, Source]:
        """*Asked by its spokesperson X, the White House said*: X speaks, for the White House."""
        if source.name is None or finding.cue is None or finding.force != "speech":
            return finding, source
        office = self._named(source)
        if office is None or office.kind != "organisation":
            return finding, source
        start = self._scene.sentences[finding.sentence].span.start
        for at, person in self.cast.within(Span(start, source.span.start)):
            spokes = any(roles(title) & SPOKES_WORDS for title in person.titles)
            if person.kind == "person" and spokes and not any(p.covers(at) for p in finding.content):
                person.spoken_for = office.name
                office.mention(source.name.start, source.name.end, "name")
                source = Source(span=at, head=at, kind="name", name=at)
                return replace(finding, source=source, rule="spokesperson", weight=0.0), source
        return finding, source

    def _text(self, span: Span) -> str:
        return self._scene.text[span.start : span.end]


def _speaking(uses: Sequence[Use], findings: Sequence[Finding]) -> set[str]:
    """The names that stand as sources of findings."""
    names = set()
    for finding in findings:
        name = finding.source.name if finding.source is not None else None
        if name is not None:
            at = bisect_left(uses, name.end, key=lambda use: use.span.start) - 1
            names |= {uses[at].name} if at >= 0 and uses[at].span.overlaps(name) else set()
    return names


def _all_uses(scene: Scene, findings: Sequence[Finding]) -> list[Use]:
    """Names found by capitals, and those that only a rule has found, in text order and without overlap."""
    uses = find_names(scene.text, scene.sentences)
    taken = {place for use in uses for place in range(use.span.start, use.span.end)}
    for finding in findings:
        name = finding.source.name if finding.source is not None else None
        if name is not None and not taken & set(range(name.start, name.end)):
            uses.append(use_at(scene.text, name, finding.sentence))
            taken |= set(range(name.start, name.end))
    return sorted((use for use in uses if use.name), key=lambda use: use.span.start)


def _kind_of(text: str, head: str, source: Source) -> SpeakerKind:
    """What a description without a name describes."""
    if source.plural or head in ("duo", "pair", "trio", "couple", "group", "crowd"):
        return "group"
    if head in ROLE_WORDS or gender_of_words(head):
        return "person"
    if head in DOCUMENTS:
        return "unknown"
    return "organisation" if looks_like_organisation(text) or is_place(text) else "unknown"
