"""Give every finding its speaker: names, roles, pronouns and groups, resolved to one cast."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.attribute.alone import ALONE, Quoted
from pipeline.attribute.casting import make_cast
from pipeline.attribute.epithets import is_role
from pipeline.attribute.findings import Finding, Source
from pipeline.attribute.member import Member
from pipeline.attribute.mentions import free_pronouns, just_opened, name_traces, opening_roles, pronoun_weight
from pipeline.attribute.nominals import Descriptions
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.pronouns import GENDERS, Choice, Question, Trace, choose
from pipeline.attribute.scene import Scene
from pipeline.attribute.spokespeople import name_principals, spoken_for, spokesperson_before
from pipeline.letters import CAPITAL
from pipeline.records import Span, overlapping

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PLURAL = frozenset({"they", "them", "their", "these", "those"})
_NOBODY = frozenset({"it", "its", "this", "that", "what", "you", "who", "which"})
_UNTOLD = frozenset({"one", "the former", "the latter"})
"""What means somebody mentioned before, but the form does not tell whom."""
_GOES_ON = re.compile(r"\s+(?:also\b|further\b|later\b|(?:then\s+)?(?:add|continu|conclu|went on|goes on))")
_BETWEEN = re.compile(rf"(?:,|,? and)\s+(?:the\s+)?(?:[{CAPITAL}][\w.]*\s+){{0,3}}")
"""What stands between the names of several who speak together, with the titles of the later ones."""
_AND = re.compile(r"\band\b")
_PLAIN = 0.7
"""How far ahead an antecedent must be for its pronoun to tell its gender."""


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
        self.cast, self._uses = make_cast(scene, findings, aliases)
        self._described = Descriptions(scene, self.cast)
        self._choices: dict[Span, Choice | None] = {}
        self._groups: set[Span] = set()
        self._turns = [finding for finding in findings if finding.rule == "turn"]
        self._names = [use.span for use in scene.names]
        self.unknown: Member | None = None
        self._traces = name_traces(scene, self._uses, self.cast, findings)
        self._follow(findings)

    def speak(self, findings: Sequence[Finding]) -> list[Spoken]:
        """Resolve the source of each finding, in the order given, which must be that of the text.

        A quotation that nothing brings in is left out where the article has quoted nobody, or several, before.
        """
        spoken: list[Spoken] = []
        quoted = Quoted()
        for finding in findings:
            only = quoted.only() if finding.rule == ALONE else None
            if finding.rule != ALONE:
                spoken.append(self._speak(finding))
                quoted.note(finding, spoken[-1].member)
            elif only is not None:
                spoken.append(Spoken(finding=finding, member=only))
        name_principals(self.cast)
        return spoken

    def _follow(self, findings: Sequence[Finding]) -> None:
        """Decide, in text order, whom every pronoun outside quotations and every source without a name means."""
        asked: dict[Span, tuple[Source, Finding | None, int]] = {}
        for span, sentence in free_pronouns(self._scene):
            asked[span] = (Source(span=span, head=span, kind="pronoun"), None, sentence)
        opening = (role for role in opening_roles(self._scene) if not self.cast.within(role[0].head))
        asked |= {source.span: (source, None, sentence) for source, sentence in opening}
        for finding in findings:
            source = finding.source
            if source is not None and self._named(source) is None and source.antecedent is None:
                asked[source.span] = (source, finding, finding.sentence)
        for place, (source, found, sentence) in sorted(asked.items()):
            choice = self._choose(source, sentence, found)
            self._choices[place] = choice
            spoke = 0.0 if found is None else 1.0 if found.force == "speech" else 0.5
            if choice is not None and choice.member is not self.unknown:
                weight = pronoun_weight(self._text(source.span).lower() if source.kind == "pronoun" else "he")
                paragraph = self._scene.sentences[sentence].paragraph
                trace = Trace(place.start, sentence, paragraph, choice.member, weight, spoke)
                insort(self._traces, trace, key=lambda trace: trace.place)

    def antecedent(self, pronoun: Span) -> Choice | None:
        """Whom a pronoun of the text means; ``None`` for the author."""
        if pronoun in self._choices:
            return self._choices[pronoun]
        source = Source(span=pronoun, head=pronoun, kind="pronoun")
        return self._choose(source, self._scene.sentence_at(pronoun.start), None)

    def _speak(self, finding: Finding) -> Spoken:
        if finding.source is None:
            return Spoken(finding=finding, member=None if finding.by_author else self._nobody())
        finding, source = self._beside_spokesperson(finding, finding.source)
        choice = self._resolve(source, finding)
        if choice is None:
            return Spoken(finding=finding, member=None)
        member = choice.member
        if source.name is None and (source.kind == "pronoun" or source.antecedent is None):
            member.mention(source.span.start, source.span.end, source.kind)
        return Spoken(finding=finding, member=member, runner_up=choice.runner_up)

    def _nobody(self) -> Member:
        if self.unknown is None:
            self.unknown = self.cast.add("unknown", "unknown")
        return self.unknown

    def _resolve(self, source: Source, finding: Finding) -> Choice | None:
        """Who a source is; ``None`` for the author's own *I* and *we*."""
        member = self._named(source)
        if member is not None:
            return Choice(member=member)
        if source.antecedent is not None:
            return self._resolve(source.antecedent, finding)
        if source.span in self._choices:
            return self._choices[source.span]
        return self._choose(source, finding.sentence, finding)

    def _choose(self, source: Source, sentence: int, finding: Finding | None) -> Choice | None:
        """Whom a pronoun or a description means, by what comes before it."""
        word = self._text(source.span).lower()
        if source.kind == "pronoun" and word in _FIRST_PERSON:
            return self._whose_turn(source.span)
        asked = Question(
            place=source.span.start,
            sentence=sentence,
            paragraph=self._scene.sentences[sentence].paragraph,
            speaks=finding is not None and finding.force == "speech",
            gender=GENDERS.get(word),
            reported=finding.content if finding is not None else (),
            goes_on=_GOES_ON.match(self._scene.text, source.span.end) is not None,
        )
        if word in _UNTOLD:
            return Choice(member=self._nobody())
        if source.kind != "pronoun":
            found: Choice | None = self._described.resolve(source, asked, self._traces)
        elif word in GENDERS:
            found = choose(self._traces, asked, lambda m: m.kind == "person")
            found = found or self._of_other_gender(asked) or self._first_met(asked)
            if found is not None and found.lead > _PLAIN:
                found.member.gender = GENDERS[word]
        elif word in _PLURAL:
            found = choose(self._traces, asked, lambda m: m.kind in ("group", "organisation") or _is_one_unnamed(m))
        elif word == "it" and finding is not None and self._reads(finding):
            spoke = [trace for trace in self._traces if trace.spoke]
            found = choose(spoke, asked, lambda m: m.kind in ("person", "organisation"))
        elif word in _NOBODY:
            found = choose(self._traces, asked, lambda m: m.kind == "organisation") or self._thing(asked)
        else:
            found = Choice(member=self._described.member(word, "group"))
        return found or Choice(member=self._nobody())

    def _reads(self, finding: Finding) -> bool:
        """Whether it is a text that says so, *it read*: whoever spoke last has written it."""
        return finding.cue is not None and self._text(finding.cue).lower() in ("read", "reads")

    def _whose_turn(self, place: Span) -> Choice | None:
        """Who says *I*: whoever has the turn in a transcript, else the author."""
        at = bisect_right(self._turns, place.start, key=lambda turn: turn.content[0].start) - 1
        turn = self._turns[at] if at >= 0 else None
        if turn is None or turn.source is None or turn.content[-1].end < place.end:
            return None
        return self._resolve(turn.source, turn)

    def _of_other_gender(self, asked: Question) -> Choice | None:
        """Whom *he* or *she* means where nobody fits: somebody whose gender only the ending of a rare name tells."""
        rare = replace(asked, gender=None)
        return choose(self._traces, rare, lambda m: m.kind == "person" and m.named and m.gender_is_guessed)

    def _first_met(self, asked: Question) -> Choice | None:
        """Whom *he* or *she* means where nobody is known: a full name that has just opened a sentence."""
        use = next((u for u in just_opened(self._uses, asked) if u.span not in self.cast.by_use), None)
        met = None if use is None else self.cast.meet(use)
        return None if met is None else Choice(member=met)

    def _thing(self, asked: Question) -> Choice | None:
        """Whom *it* means where no organisation is known: a name that nothing has shown to be a person's."""
        found = choose(self._traces, asked, lambda m: m.kind == "person" and m.perhaps_no_person)
        if found is not None and found.lead > _PLAIN:
            found.member.kind = "organisation"
        return found

    def _named(self, source: Source) -> Member | None:
        """The member whose name a source holds, with the title and the organisation that stand beside it."""
        if source.name is None:
            return None
        member = next((member for _, member in self.cast.within(source.name)), None)
        if member is None:
            return None
        if member.kind == "organisation":
            member = self._described.person_at_end(source) or member
        if source.title is not None and member.kind == "person":
            member.add_title(self._text(source.title))
        if source.beside is not None and member.kind == "person":
            member.spoken_for = member.spoken_for or spoken_for(self._scene.text, source, self.cast)
        return (self._together(source) if member.kind == "person" else None) or member

    def _together(self, source: Source) -> Member | None:
        """All whom a source names, as one group: *Anna Lee and Bob Marsh*; ``None`` where it names only one.

        What stands before the first name is a title, however many offices it joins.
        """
        first = source.span.start if source.name is None else source.name.start
        named = overlapping(self._names, Span(first, source.span.end))
        last = 0
        while last + 1 < len(named) and _BETWEEN.fullmatch(self._scene.text, named[last].end, named[last + 1].start):
            last += 1
        whole = Span(named[0].start, named[last].end) if last else source.span
        if not last or not _AND.search(self._scene.text, named[last - 1].end, named[last].start):
            return None
        group = self._described.member(self._text(whole), "group")
        if whole not in self._groups:
            self._groups.add(whole)
            group.mention(*whole, "name")
            index = self._scene.sentence_at(whole.start)
            trace = Trace(whole.start, index, self._scene.sentences[index].paragraph, group, 1.0, 1.0)
            insort(self._traces, trace, key=lambda each: each.place)
        return group

    def _beside_spokesperson(self, finding: Finding, source: Source) -> tuple[Finding, Source]:
        """*Asked by its spokesperson X, the White House said*: X speaks, for the White House."""
        if source.name is None or finding.cue is None or finding.force != "speech":
            return finding, source
        office = self._named(source)
        if office is None or office.kind != "organisation":
            return finding, source
        start = self._scene.sentences[finding.sentence].span.start
        for at, person in spokesperson_before(self.cast, Span(start, source.span.start)):
            if not any(piece.covers(at) for piece in finding.content):
                person.spoken_for = office.name
                office.mention(source.name.start, source.name.end, "name")
                source = Source(span=at, head=at, kind="name", name=at)
                return replace(finding, source=source, rule="spokesperson", weight=0.0), source
        return finding, source

    def _text(self, span: Span) -> str:
        return self._scene.text[span.start : span.end]


def _is_one_unnamed(member: Member) -> bool:
    """Whether *they* can be one who keeps a name back: *one MP said*, *a source close to her said*."""
    unnamed = not member.named or is_role(member.name.split()[-1].lower())
    return member.kind == "person" and unnamed
