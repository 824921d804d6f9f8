"""Find names in raw text by their capitals, at no cost of a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import ROLE_WORDS
from pipeline.attribute.organisations import looks_like_organisation
from pipeline.attribute.titles import split_title
from pipeline.records import Sentence, Span

_WORD = r"[A-Z](?:[^\W_]|(?<=[A-Z])\.(?=[A-Z])|(?<=\b[A-Z])\.|(?<=[A-Z]\.[A-Z])\.|[-&](?=\w)|['’](?=[A-Z]))*"
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Lt|Col|Sgt|Capt|Maj|Prof|Rev|St|Jr|Sr|Adm|Fr|No)\."
_PART = rf"(?:{_ABBREVIATION}|{_WORD})"
_LINK = r"(?:(?:of|for)(?:[ \u00a0]the)?|de|van|von|der|bin|al|du|del|la|the)"
_RUN = re.compile(rf"(?<![\w#@]){_PART}(?:[ \u00a0]+(?:{_LINK}[ \u00a0]+)?{_PART})*")
_LOWER = re.compile(r"(?<![\w.'’-])[a-z]{2,}")
_JOINED = re.compile(r"[ \u00a0]+(of|for|the)(?:[ \u00a0]the)?[ \u00a0]+")
_NEVER = words(
    """A About Above According Across After Again Against Ago All Allegedly Along Already Also Although Always Amid
    Among An And Another Any Anyone Anything Are Around As Asked At Back Be Because Been Before Behind Being Below
    Besides Best Better Between Beyond Both But By Can Clearly Could Currently Despite Did Do Does During Each
    Earlier Early Either Else Especially Even Ever Every Everybody Everyone Everything Except Few Finally First
    Five For Formerly Four From Further Get Getting Given Giving Go Going Good Got Had Has Have Having He Hello
    Her Here Hers Herself Hey Him Himself His How However I I'd I'll I'm I've If In Including Indeed Inside
    Instead Into Is It It's Its Itself Just Know Last Late Later Least Less Let Let's Like Likely Look Make Making
    Many May Maybe Me Meanwhile Might Mine More Moreover Most Much Must My Myself Near Nearly Never Nevertheless
    New Next No Nobody None Nonetheless Nor Not Nothing Now Of Off Oh Ok Okay On Once One Only Or Other Others
    Otherwise Our Out Outside Over Overall Part People Per Perhaps Please Put Quite Rather Recently Right Said
    Saying Says See Several She Should Similarly Since Six So Some Somebody Someone Something Sometimes Soon Still
    Such Take Ten Than Thank Thanks That That's The Their Them Then There There's These They They're Think This
    Those Though Three Through Throughout Thus To Today Together Tomorrow Tonight Too Toward Two Under Unless
    Unlike Until Up Upon Us Use Very Want Was We We're Well Were What What's When Whenever Where Whether Which
    While Who Whoever Whom Whose Why Will With Within Without Would Yeah Yes Yesterday Yet You You're Your Photo
    Photos Video Read Watch Updated Getty Abstract"""
)
_NEVER_ALONE = words(
    """January February March April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Christmas Easter American Americans British Russian Russians Chinese European
    French German Israeli Iranian English Spanish Muslim Muslims Jewish Christian Christians Latino Latinos
    Hispanic Hispanics Black White Asian African Mexican Mexicans Syrian Islamic Ukrainian Internet Twitter
    Facebook Instagram YouTube God New North South East West House Department President Senator Governor Mr Mrs Ms
    Democrats Republicans Democrat Republican Democratic PAC CEO TV US U.S UK AM PM"""
)
_ROLES = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_MODIFIERS = (
    r"former|deputy|chief|senior|assistant|vice|national|press|executive|acting|managing|foreign|general|campaign|"
    r"founding|associate|retired|then|top|lead|political|legal|longtime|ex"
)
_LEADING = rf"(?:(?:[A-Z][\w.&’'-]*|{_MODIFIERS})[\s-]+){{0,5}}"
_ROLE_BEFORE = re.compile(rf"(?:^|\s)({_LEADING}(?:{_ROLES})),?\s+$")
_TAIL = r"(?:\s+(?:of|at|for|to)\s+(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+(?:of\s+)?[A-Z]\w*){0,3})?"
_DESCRIBED = rf"(?:(?:the|a|an)\s+(?:[\w.&’'-]+\s+){{0,4}}|{_LEADING})"
_ROLE_AFTER = re.compile(rf",\s+({_DESCRIBED}(?:{_ROLES}|CEO)\b{_TAIL})(?=[,.;]|\s+and\b)")
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LOOK_BACK = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place where a name stands: its `span`, its text, the title beside it, and the index of its sentence."""

    span: Span
    name: str
    title: str
    sentence: int


def find_names(text: str, sentences: Sequence[Sentence]) -> list[Use]:
    """Names in the sentences of a text, in order. Words that only open a sentence, dates and nationalities are none."""
    lower = {match.group() for match in _LOWER.finditer(text)}
    return [use for index, sentence in enumerate(sentences) for use in _uses(text, sentence, index, lower)]


def use_at(text: str, span: Span, sentence: int) -> Use:
    """The use of a name that a rule has found at `span`."""
    whole = _clean(text[span.start : span.end])
    title, name = ("", whole) if looks_like_organisation(whole) and "." not in whole else split_title(whole)
    start = text.rfind(name.split()[0], span.start, span.end) if name else span.start
    start = start if start >= span.start and len(name.split()) == 1 else text.find(name, span.start, span.end)
    start = max(start, span.start)
    return Use(span=Span(start, min(span.end, start + len(name))), name=name, title=title, sentence=sentence)


def _uses(text: str, sentence: Sentence, index: int, lower: Set[str]) -> Iterator[Use]:
    for match in _RUN.finditer(text, sentence.span.start, sentence.span.end):
        for start, end in _parts(text, match.start(), match.end()):
            opens = not any(map(str.isalnum, text[sentence.span.start : start]))
            span = _without_opening(text, Span(start, end), lower if opens else frozenset())
            use = use_at(text, span, index) if span.end > span.start else None
            if use is not None and _is_name(use.name):
                yield replace(use, title=use.title or _role_beside(text, use.span, sentence.span))


def _without_opening(text: str, span: Span, lower: Set[str]) -> Span:
    """Leave out the first word if it is no part of a name: a function word, or one that is met in lower case too."""
    first, _, rest = text[span.start : span.end].replace("\u00a0", " ").partition(" ")
    common = first in _NEVER or first.lower() in lower
    return Span(span.end - len(rest.lstrip()), span.end) if common else span


def _is_name(name: str) -> bool:
    return len(name) > 1 and name.partition(" ")[0] not in _NEVER and name not in _NEVER_ALONE


def _role_beside(text: str, span: Span, sentence: Span) -> str:
    """A role in lower case right before a name, or between commas right after it; empty if there is none."""
    before = _ROLE_BEFORE.search(text[max(sentence.start, span.start - _LOOK_BACK) : span.start])
    if before is not None:
        return _DETERMINER.sub("", before.group(1))
    after = _ROLE_AFTER.match(text, span.end, sentence.end)
    return _DETERMINER.sub("", after.group(1)) if after is not None else ""


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run at *of*, *for* and *the*, unless what stands before is an organisation's word or a title."""
    at = start
    for match in _JOINED.finditer(text, start, end):
        before = text[at : match.start()]
        if match.group(1) == "the" or not (looks_like_organisation(before) or split_title(f"{before} X")[0]):
            yield at, match.start()
            at = match.end()
    yield at, end


def _clean(name: str) -> str:
    """A name without a possessive mark, its white space made single."""
    name = " ".join(name.split())
    for ending in ("'s", "’s", "'", "’"):
        name = name.removesuffix(ending)
    return name.strip(" ,;:")
