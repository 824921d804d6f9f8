"""Titles before names and roles beside them: *Sen.*, *President*, *NASA administrator*."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import ROLE_WORDS
from pipeline.letters import CAPITAL
from pipeline.records import Span

_SHORT = {
    "sen": "senator", "sens": "senator", "gov": "governor", "rep": "representative", "reps": "representative",
    "gen": "general", "lt": "lieutenant", "col": "colonel", "sgt": "sergeant", "capt": "captain", "maj": "major",
    "dr": "doctor", "prof": "professor", "rev": "reverend", "pres": "president", "del": "delegate", "atty": "attorney",
    "supt": "superintendent", "det": "detective", "cmdr": "commander", "adm": "admiral", "fr": "father",
    "insp": "inspector", "const": "constable",
}  # fmt: skip
_BARE = words("dr prof fr rev sgt capt supt lt det insp")
"""Short titles that British papers print without a full stop, and that are hardly names."""
_HONORIFICS = words("mr mrs ms miss mx sir dame lord lady madam")
_LONG = words(
    """senator governor representative president chancellor premier minister secretary congressman congresswoman mayor
    general colonel lieutenant sergeant captain major admiral judge justice doctor professor reverend pastor bishop
    archbishop cardinal pope rabbi imam king queen prince princess duke duchess baroness speaker leader chairman
    chairwoman chair director ambassador commissioner attorney detective officer sheriff superintendent delegate
    councilman councilwoman alderman administrator spokesman spokeswoman spokesperson coach chief deputy vice prime
    foreign defense defence former ex-president acting then-candidate democrat republican inspector constable nominee
    candidate economist analyst author treasurer moderator host anchor strategist adviser advisor editor columnist
    correspondent actor actress senators representatives governors ministers presidents mayors judges prosecutor lawyer
    barrister solicitor nurse midwife teacher headteacher farmer photographer reporter journalist producer goalkeeper
    striker midfielder quarterback firefighter paramedic trooper magistrate surgeon astronaut activist campaigner
    historian novelist executive meteorologist commodore brigadier marshal councillor cllr comrade alhaji elder aunty
    uncle td tds mp mps engineer corporator shri smt datuk father taoiseach tánaiste tanaiste
    ayatollah emir sultan sheikh"""
)
_SPELLED_SO = frozenset(("CEO", "CFO", "COO", "CTO", "Cr", "Engr", "Hon", "DI", "DCI", "DCS", "ASP", "DSP", "CSP"))
"""Titles in these letters alone: *CFO*; *Cr* for councillor, in Australia; ranks of British and Nigerian police."""
_SURNAMES = words(
    "king queen prince duke bishop pope major judge chair justice coach pastor speaker baron sheriff farmer"
)
"""Titles that are surnames too."""

_NOT_LAST = words("foreign defense defence vice prime acting then-candidate former deputy")
"""Words of titles that a title does not end with."""

_NO_TITLE = words(
    """the a an even just only also like both two three four five six seven eight nine ten several many some most other
    then now one gay this that these those and or not such including"""
)
NAME_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")
"""What may follow a surname, with or without a full stop."""
_ABOVE = {"congressman": "representative", "congresswoman": "representative", "lawmaker": "representative"}
_POLICE = words("detective inspector constable sergeant trooper superintendent patrolman")
"""Ranks whose holders go by *the officer* too."""
_WORD = re.compile(r"[\w’'.-]+")


_ROLES = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_MODIFIERS = (
    r"former|deputy|chief|senior|assistant|vice|national|press|executive|acting|managing|foreign|general|campaign|"
    r"founding|associate|retired|then|top|lead|political|legal|longtime|ex"
)
_LEADING = rf"(?:(?:[{CAPITAL}][\w.&’'-]*|{_MODIFIERS})[\s-]+){{0,5}}"
_ROLE_BEFORE = re.compile(rf"(?:^|\s)({_LEADING}(?:{_ROLES})),?\s+$")
_TAIL = rf"(?:\s+(?:of|at|for|to)\s+(?:the\s+)?[{CAPITAL}][\w’'.&-]*(?:\s+(?:of\s+)?[{CAPITAL}]\w*){{0,3}})?"
_DESCRIBED = rf"(?:(?:the|a|an)\s+(?:[\w.&’'-]+\s+){{0,4}}|{_LEADING})"
_ROLE_AFTER = re.compile(rf",\s+({_DESCRIBED}(?:{_ROLES}|CEO)\b{_TAIL})(?=[,.;]|\s+and\b)")
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LOOK_BACK = 70


@lru_cache(maxsize=4096)
def split_title(name: str) -> tuple[str, str]:
    """Cut a name into (title, name): ``("Finance Minister", "Anton Belov")``. Either may be empty.

    A title ends with the last of its words that has a name after it; *King* and the like count only at the front.
    """
    parts = name.split()
    cut = 0
    for at in range(len(parts) - 1):
        if _is_title(parts[at]) and (
            at <= cut or parts[at].rstrip(".").lower() not in _SURNAMES or len(parts) - at > 2
        ):
            cut = at + 1
            if parts[cut] == "of" and cut + 2 < len(parts):
                cut += 2
    while cut and parts[cut - 1].lower() in _NOT_LAST:
        cut -= 1
    if cut and " ".join(parts[cut:]).rstrip(".") in NAME_SUFFIXES:
        return "", name
    return " ".join(parts[:cut]), " ".join(parts[cut:])


def is_honorific(title: str) -> bool:
    """Whether a title only addresses and names no role: *Mr.* and *Mrs.* do."""
    return all(word.rstrip(".").lower() in _HONORIFICS for word in title.split())


def is_description(title: str) -> bool:
    """Whether words beside a name describe somebody: not a number of people, other names or a mere particle."""
    parts = title.split()
    if not parts or len(title) < 3 or not title[0].isalnum() or title.endswith(("'s", "’s")):
        return False
    names_others = all(part[0].isupper() or part == "and" for part in parts) and "and" in parts
    return parts[0].lower() not in _NO_TITLE and parts[-1].lower() not in _NOT_LAST and not names_others


def roles(title: str) -> frozenset[str]:
    """The role words of a title, spelled out: *Sen.* gives ``{"senator"}``, *Det.* a detective and an officer."""
    found = [word.rstrip(".").lower() for word in _WORD.findall(title)]
    spelled = {_ABOVE.get(word, _SHORT.get(word, word)) for word in found}
    return frozenset(spelled | ({"officer"} if spelled & _POLICE else set()))


def _is_title(word: str) -> bool:
    if word.rstrip(".") in _SPELLED_SO:
        return True
    lower = word.rstrip(".,").lower()
    lower = lower.rpartition("-")[2] if lower.rpartition("-")[2] in _LONG else lower
    return lower in _HONORIFICS or lower in _LONG or (lower in _SHORT and (word.endswith(".") or lower in _BARE))


def title_with_role(text: str, name: Span, title: str, sentence: Span) -> str:
    """The title of a name, the role beside it, or both: *the chairman Mr Walter Reed* is *chairman Mr*."""
    if not title:
        return _role_beside(text, name, sentence)
    start = text.rfind(title, sentence.start, name.start)
    if start < 0 or not is_honorific(title):
        return title
    before = _ROLE_BEFORE.search(text[max(sentence.start, start - _LOOK_BACK) : start])
    return title if before is None else f"{_DETERMINER.sub('', before.group(1))} {title}"


def _role_beside(text: str, span: Span, sentence: Span) -> str:
    """A role in lower case right before a name, or between commas right after it; empty if there is none."""
    before = _ROLE_BEFORE.search(text[max(sentence.start, span.start - _LOOK_BACK) : span.start])
    if before is not None:
        return _DETERMINER.sub("", before.group(1))
    after = _ROLE_AFTER.match(text, span.end, sentence.end)
    return _DETERMINER.sub("", after.group(1)) if after is not None else ""
