"""Other wordings of a debating motion, and whether a stance toward them is the opposite one.

Debate data says *We should ban whaling*; news readers ask about *whaling*, *a ban on whaling* or *banning whaling*.
Who favours the motion favours the ban, and is against whaling: `reword` keeps count of that.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass


def _verbs(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_AGAINST_OBJECT = _verbs(
    "abandon abolish ban boycott cancel censor close condemn criminalise criminalize disband eliminate end fight",
    "limit oppose outlaw prohibit reduce reject remove restrict scrap stop withdraw",
)
_FOR_OBJECT = _verbs(
    "adopt allow build create defend embrace encourage enforce expand favor fund implement increase introduce invest",
    "legalise legalize permit prefer promote protect require strengthen subsidise subsidize support",
)
_NOUNS = {
    "ban": "a ban on",
    "abolish": "the abolition of",
    "legalize": "the legalization of",
    "adopt": "the adoption of",
    "introduce": "the introduction of",
    "subsidize": "subsidies for",
    "prohibit": "a prohibition of",
    "end": "an end to",
    "close": "the closure of",
    "limit": "limits on",
    "support": "support for",
    "protect": "the protection of",
    "promote": "the promotion of",
    "create": "the creation of",
    "cancel": "the cancellation of",
    "build": "the building of",
    "allow": "permission for",
    "expand": "the expansion of",
}
_GOOD = ("{} is a good thing", "{} deserves support")
_BAD = ("{} does harm", "{} is a real problem")
_PROBLEMS = (
    "is a serious problem",
    "is a serious concern",
    "is a grave problem",
    "is a real threat",
    "is a serious threat",
    "should worry everyone",
    "is something to worry about",
    "is cause for alarm",
)
_ALARMS = (
    "{} {is} a serious concern",
    "{} {is} a serious problem",
    "{} {is} a real threat",
    "{} {is} dangerous",
    "{} {does} great harm",
    "the dangers of {}",
)
_DENIALS = (
    "the harm done by {} is exaggerated",
    "worries about {} are overblown",
    "{} {is} nothing to worry about",
    "{} {is} harmless",
)
_DOUBLED = frozenset({"ban", "stop", "scrap", "permit", "cut", "let"})
_PARTICIPLES = {
    form: verb for verb in _AGAINST_OBJECT | _FOR_OBJECT for form in (f"{verb}ed", f"{verb}d", f"{verb}{verb[-1]}ed")
}
_HOUSE = re.compile(r"^(?:this house|the house|we) (?:would|should|must|will) (\w+) (.+)$", re.I)
_PASSIVE = re.compile(r"^(.+) (?:should|must) be (\w+ed)$", re.I)
_HARM = re.compile(r"^(.+?) (?:brings?|does|do) more harm than good$", re.I)
_PROBLEM = re.compile(r"^(.+) is an? (?:\w+ )?(?:problem|threat|concern)$", re.I)
_MODAL = re.compile(r"\b(should|must|would|is|are|can|will|does|do)\b( not)?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words for a target. `flips`: who favours the motion is against what these words name."""

    text: str
    flips: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a motion wants done: *ban* + *whaling*."""

    verb: str
    object: str

    @property
    def gerund(self) -> str:
        """The verb as a noun: *banning*."""
        stem = self.verb + self.verb[-1] if self.verb in _DOUBLED else self.verb
        return (stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem) + "ing"


def parse_action(motion: str) -> Action | None:
    """Find what a motion of the form *We should <verb> <object>* wants done; ``None`` for any other form."""
    match = _HOUSE.match(motion.strip().rstrip("."))
    if match is None:
        return None
    verb = match[1].lower()
    if verb not in _AGAINST_OBJECT and verb not in _FOR_OBJECT:
        return None
    return Action(verb=verb, object=match[2])


def wordings(motion: str) -> list[Wording]:
    """Return every other wording that the rules can make of a motion; none for a form they do not know."""
    bare = motion.strip().rstrip(".")
    if (action := parse_action(bare)) is not None:
        return _wordings_of_action(action)
    if (match := _HARM.match(bare)) is not None:
        return [Wording(text=match[1], flips=True)]
    if (match := _PROBLEM.match(bare)) is not None:
        return [Wording(text=f"{match[1]} {claim}") for claim in _PROBLEMS]
    if (match := _PASSIVE.match(bare)) is not None:
        done = match[2].lower()
        if done in _PARTICIPLES:
            return [Wording(text=match[1], flips=_PARTICIPLES[done] in _AGAINST_OBJECT)]
    return []


def _wordings_of_action(action: Action) -> list[Wording]:
    against = action.verb in _AGAINST_OBJECT
    found = [
        Wording(text=action.object, flips=against),
        Wording(text=action.object, flips=against),
        Wording(text=f"{action.gerund} {action.object}"),
        *judgements_of(action.object, flips=against),
    ]
    if action.verb in _NOUNS:
        found.append(Wording(text=f"{_NOUNS[action.verb]} {action.object}"))
    return found


def judgements_of(subject: str, *, flips: bool) -> Iterator[Wording]:
    """Claims that `subject` is good or bad. `flips`: who favours the motion is against the subject."""
    for pattern in _GOOD:
        yield Wording(text=pattern.format(subject), flips=flips)
    for pattern in _BAD:
        yield Wording(text=pattern.format(subject), flips=not flips)


def alarms(motion: str) -> list[Wording]:
    """Return claims that what a motion is against is a grave matter, or is none: *whaling is a serious concern*.

    Who wants a thing banned names its harm, and so holds that it is a concern; none for a motion that wants something.
    """
    bare = motion.strip().rstrip(".")
    action, harm = parse_action(bare), _HARM.match(bare)
    if harm is not None:
        thing = harm[1]
    elif action is not None and action.verb in _AGAINST_OBJECT and not action.object.startswith("for "):
        thing = action.object
    else:
        return []
    head = thing.partition(" of ")[0]
    forms = (
        {"is": "are", "does": "do"} if head.endswith("s") and not head.endswith("ss") else {"is": "is", "does": "does"}
    )
    return [
        Wording(text=pattern.format(thing, **forms), flips=flips)
        for patterns, flips in ((_ALARMS, False), (_DENIALS, True))
        for pattern in patterns
    ]


def negated(motion: str) -> str | None:
    """Turn a motion into its opposite (*should* to *should not* and back); ``None`` where no modal verb stands."""
    match = _MODAL.search(motion)
    if match is None:
        return None
    middle = match[1] if match[2] else f"{match[1]} not"
    return motion[: match.start()] + middle + motion[match.end() :]


def reword(motion: str, draw: random.Random, *, share: float, negate: float) -> Wording:
    """Draw a wording: another one with probability `share`, the opposite with `negate`, else the motion itself."""
    dice = draw.random()
    if dice < share and (found := wordings(motion)):
        return draw.choice(found)
    if share <= dice < share + negate and (opposite := negated(motion)) is not None:
        return Wording(text=opposite, flips=True)
    return Wording(text=motion)
