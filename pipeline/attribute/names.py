"""Find names in raw text by their capitals, at no cost of a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.attribute.epithets import is_role
from pipeline.attribute.findings import letters
from pipeline.attribute.forms import words
from pipeline.attribute.gender import is_first_name
from pipeline.attribute.no_names import NEVER_ALONE, OFTEN_NO_NAME, OPENING_WORDS
from pipeline.attribute.organisations import WITH_AND, is_place, looks_like_organisation
from pipeline.attribute.titles import split_title, title_with_role
from pipeline.letters import CAPITAL, PARTICLES
from pipeline.records import Sentence, Span, overlapping

_WORD = (
    rf"(?:(?:al|el|as|ash|ul)-|d['’])?[{CAPITAL}]"
    r"(?:[^\W_]|(?<=[A-Z])\.(?=[A-Z])|(?<=\b[A-Z])\.|(?<=[A-Z]\.[A-Z])\.|[-&](?=\w)|['’](?=[A-Z]))*+"
)
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Lt|Col|Sgt|Capt|Maj|Prof|Rev|St|Jr|Sr|Adm|Fr|No)\."
_PART = rf"(?:{_ABBREVIATION}|{_WORD})"
_PARTICLE = rf"(?:{'|'.join(sorted(PARTICLES))})"
_LINK = rf"(?:(?:of|for)(?:[ \u00a0]the)?|the|{_PARTICLE}(?:[ \u00a0]{_PARTICLE})?)"
_OWNED = rf"(?:{_WORD}['’]s[ \u00a0]+(?=(?:Corp|Inc|Co|Ltd|PLC|plc|LLC|Holdings|Stores|Restaurants|Group)\b))"
"""How a firm's name begins that is somebody's: *Baxley's Corp*."""
_JUNIOR = r"(?:,[ \u00a0](?:Jr|Sr)\b\.?)"
_RUN = re.compile(rf"(?<![\w#@]){_OWNED}?{_PART}(?:[ \u00a0]+(?:{_LINK}[ \u00a0]+)?{_PART})*{_JUNIOR}?")
_WITH_AND = re.compile(rf"\b(?:{'|'.join(map(re.escape, WITH_AND))})\b")
_WORD_AT = re.compile(_WORD)
_LOWER = re.compile(r"(?<![\w.'’-])[a-z]{2,}")
_JOINED = re.compile(r"[ \u00a0]+(of|for|the)(?:[ \u00a0]the)?[ \u00a0]+")

_NEW_PLACE = re.compile(r"New (?:York|Jersey|Hampshire|Mexico|Orleans|Zealand|Delhi|England|Haven)\b")
_PARTY = re.compile(r"[RDIC]-[A-Z]")
_LEADS = re.compile(r"(?:of|for|the|de|la)\s+")
_LAST_WORD = re.compile(r"([\w’']+|[^\w\s])\W*$")
_NEXT_WORDS = re.compile(
    r"(['’]s?\b)?\s*(?:(?:\w+ly|also|never|now|then|later|still|first|once|often|himself|herself)\s+)?([a-z]+|[^\w\s]?)"
)
_RESUMES = re.compile(r"\s*(?:[,–—]|-+\s)(?:[^,–—.;“”\"]{2,140}(?:[,–—]|\s-+\s))?\s*(?:\w+ly\s+|also\s+)?([a-z]+)")
_ACTS = words(
    """said says told announced warned declined has had will would is was plans posted reported expects opened closed
    confirmed cut raised did does"""
)
_AFTER_WHOLE = _ACTS | frozenset(".,;)")
_ITS = re.compile(r"\s+(?:[a-z]+\s+){0,2}its\b")
_DETERMINED = re.compile(r"\b(?:the|an?|another|one|this|that)$", re.IGNORECASE)
_AGE = re.compile(r",\s+(?:\d{1,3}[,.]|who\b)")
_SMALL = words("with from that over about into than after amid says onto upon they will")
_LONG_LOWER = re.compile(r"(?<![\w’'-])[^\W\dA-Z_][\w’'-]{3,}")
_LONG_CAPITAL = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]{3,}")
_NEAR = 24
_HEADLINE_WORDS = 5
_HEADLINE_ONLY = words(
    """To On Why How About Is Are Was Were Be Been Being By With After Before Says What When Where Who Will Can Not Her
    His Their Our Your An If"""
)
"""What has a capital in headlines, and hardly in names of many words."""
_HONOURS = re.compile(r",? (?:MP|MSP|MS|MLA|MEP|TD|KC|QC|SC|SAN|OBE|MBE|CBE|KBE|DBE|AO|AC|OAM|FRS|MD)$")
"""What stands behind a full name and is no part of it: seats, orders, and ranks at the bar."""
_ENDS = (".", "!", "?", '"', "”", "'", "’", ")")
"""What ends sentences, and no headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place where a name stands: its `span`, its text, the title beside it, and the index of its sentence.

    `before` is the word or mark before the name and its title, `after` the word after it (adverbs passed over),
    both in lower case; `owns` whether the name has a possessive mark; `opens` whether nothing stands before it;
    `resumes` the word after an insertion between marks that follows the name, or after the mark that closes one;
    `aged` whether an age or *who* follows, as after people: *Halyna, 74,*; `things` whether *its* follows, which only
    things have: *Tessal cut its forecast*.
    """

    span: Span
    name: str
    title: str
    sentence: int
    before: str = ""
    after: str = ""
    owns: bool = False
    opens: bool = False
    resumes: str = ""
    aged: bool = False
    things: bool = False


def find_names(text: str, sentences: Sequence[Sentence]) -> list[Use]:
    """Names in the sentences of a text, in order. Words that only open a sentence, dates and nationalities are none.

    In a headline that capitalises every word, names are only what the rest of the text has as names.
    """
    lower = {match.group() for match in _LOWER.finditer(text)}
    heads = {i for i, s in enumerate(sentences) if _is_headline(text, s)}
    uses = _with_owners(text, [u for i, s in enumerate(sentences) if i not in heads for u in _uses(text, s, i, lower)])
    known = {part for use in uses for part in (use.name, *use.name.split()[-1:])}
    uses += [use for index in sorted(heads) for use in _known_uses(text, sentences[index], index, known)]
    return sorted(uses, key=lambda use: use.span)


def _with_owners(text: str, uses: Sequence[Use]) -> list[Use]:
    """The uses with the mark of those that own nothing or act under it: *at McDonald's, which*, *McDonald's said*."""
    firms = {use.name for use in uses if use.owns and use.after in _AFTER_WHOLE and " " not in use.name}
    return [_with_mark(text, use) if use.owns and use.name in firms else use for use in uses]


def _with_mark(text: str, use: Use) -> Use:
    span = Span(use.span.start, use.span.end + len("'s"))
    return replace(use, name=text[span.start : span.end], span=span, owns=False)


def in_context(text: str, use: Use, sentence: Span) -> Use:
    """A use with the role beside it and the words that stand around it in its sentence."""
    title = title_with_role(text, use.span, use.title, sentence)
    before = text[max(sentence.start, use.span.start - len(title) - _NEAR) : use.span.start].rstrip()
    if title and before.endswith(title):
        before = before.removesuffix(title)
    word = _LAST_WORD.search(before)
    following = _NEXT_WORDS.match(text, use.span.end, sentence.end)
    resuming = _RESUMES.match(text, use.span.end, sentence.end)
    return Use(
        span=use.span,
        name=use.name,
        title=title,
        sentence=use.sentence,
        before=word.group(1).lower() if word else "",
        after=following.group(2) if following else "",
        owns=bool(following and following.group(1)),
        resumes=resuming.group(1) if resuming else "",
        aged=_AGE.match(text, use.span.end, sentence.end) is not None and not _DETERMINED.search(before),
        things=_ITS.match(text, use.span.end, sentence.end) is not None,
        opens=not any(map(str.isalnum, before)) and use.span.start - len(before) - sentence.start < _NEAR,
    )


def use_at(text: str, span: Span, sentence: int) -> Use:
    """The use of a name that a rule has found at `span`."""
    whole = _clean(text[span.start : span.end])
    while len(whole.split()) > len(("Ann", "Lowe")) and (honour := _HONOURS.search(whole)) is not None:
        whole = whole[: honour.start()]
    title, name = split_title(whole)
    if not title and _opens_with_trade(name.split()):
        title, _, name = name.partition(" ")
    if looks_like_organisation(whole) and not _is_titled_person(title, name):
        title, name = "", whole
    name = "" if _LEADS.match(name) else name
    start = text.rfind(name.split()[0], span.start, span.end) if name else span.start
    start = start if start >= span.start and len(name.split()) == 1 else text.find(name, span.start, span.end)
    start = max(start, span.start)
    return Use(span=Span(start, min(span.end, start + len(name))), name=name, title=title, sentence=sentence)


def _uses(text: str, sentence: Sentence, index: int, lower: Set[str]) -> Iterator[Use]:
    whole = [Span(*match.span()) for match in _WITH_AND.finditer(text, *sentence.span)]
    for span in whole:
        yield in_context(text, use_at(text, span, index), sentence.span)
    for match in _RUN.finditer(text, sentence.span.start, sentence.span.end):
        for start, end in _parts(text, match.start(), match.end()):
            if overlapping(whole, Span(start, end)):
                continue
            opens = not letters(text, Span(sentence.span.start, start))
            span = _without_opening(text, Span(start, end), lower if opens else frozenset())
            use = use_at(text, span, index) if span.end > span.start else None
            if use is not None and _is_name(use.name):
                yield in_context(text, use, sentence.span)


def _known_uses(text: str, sentence: Sentence, index: int, known: Set[str]) -> Iterator[Use]:
    """Where a sentence has names that are known already, the longest at each place."""
    parts = list(_WORD_AT.finditer(text, sentence.span.start, sentence.span.end))
    at = 0
    while at < len(parts):
        for last in range(min(at + 4, len(parts)), at, -1):
            span = Span(parts[at].start(), parts[last - 1].end())
            name = _clean(text[span.start : span.end])
            if name in known and _is_name(name):
                use = Use(span=Span(span.start, span.start + len(name)), name=name, title="", sentence=index)
                yield in_context(text, use, sentence.span)
                at = last - 1
                break
        at += 1


def _is_headline(text: str, place: Sentence) -> bool:
    """Whether a sentence is a headline, or looks like one, with a capital on every word but the small ones."""
    sentence = text[place.span.start : place.span.end]
    if place.kind != "headline" and sentence.endswith(_ENDS):
        return False
    if any(match.group() not in _SMALL for match in _LONG_LOWER.finditer(sentence)):
        return False
    return len(_LONG_CAPITAL.findall(sentence)) >= _HEADLINE_WORDS


def _is_titled_person(title: str, name: str) -> bool:
    """Whether what is left of a name after its title can be a person: *House Speaker Paul Ryan*."""
    parts = name.split()
    return bool(title) and not looks_like_organisation(name) and (len(parts) > 1 or is_first_name(parts[0]))


def _opens_with_trade(parts: Sequence[str]) -> bool:
    """Whether a trade stands before a full name, *Pollster Ann Shaw*."""
    trade = len(parts) > len(("Ann", "Shaw")) and is_role(parts[0].lower())
    return trade and is_first_name(parts[1]) and not is_first_name(parts[0])


def _without_opening(text: str, span: Span, lower: Set[str]) -> Span:
    """Leave out the first word if it is no part of a name: a function word, or one that is met in lower case too."""
    whole = text[span.start : span.end].replace("\u00a0", " ")
    first, _, rest = whole.partition(" ")
    opening = bool(lower) and (first in OPENING_WORDS or (first.endswith("ly") and not is_first_name(first)))
    common = first in OFTEN_NO_NAME or (first.lower() in lower and not split_title(whole)[0]) or opening
    if not common or is_place(whole) or _NEW_PLACE.match(whole):
        return span
    rest = rest.lstrip()
    leading = _LEADS.match(rest)
    left = Span(span.end - len(rest) + (leading.end() if leading else 0), span.end)
    return _without_opening(text, left, frozenset()) if rest.partition(" ")[0] in OFTEN_NO_NAME else left


def _is_name(name: str) -> bool:
    return (
        len(name) > 1
        and (name.partition(" ")[0] not in OFTEN_NO_NAME or _NEW_PLACE.match(name) is not None)
        and name not in NEVER_ALONE
        and not _PARTY.match(name)
    )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run at *of*, *for* and *the*, unless what stands before is an organisation's word or a title.

    Of a headline in the text, *Ann Lee Asked Readers To Write In*, only the full name that opens it is one.
    """
    parts = text[start:end].split()
    if len(parts) >= _HEADLINE_WORDS and not _HEADLINE_ONLY.isdisjoint(parts[1:]):
        if is_first_name(parts[0]) and _HEADLINE_ONLY.isdisjoint(parts[:2]):
            yield start, text.index(parts[1], start + len(parts[0])) + len(parts[1])
        return
    at = start
    for match in _JOINED.finditer(text, start, end):
        before = text[at : match.start()]
        if match.group(1) == "the" or not (looks_like_organisation(before) or split_title(f"{before} X")[1] == "X"):
            yield at, match.start()
            at = match.end()
    yield at, end


def _clean(name: str) -> str:
    """A name without a possessive mark, its white space made single."""
    name = " ".join(name.split())
    for ending in ("'s", "’s", "'", "’"):
        name = name.removesuffix(ending)
    return name.strip(" ,;:")
