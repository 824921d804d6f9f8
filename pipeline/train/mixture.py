"""The mixture: drawn from labelled sources, with neutral examples made where no licensed data set has them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.prelabel.encoding import find_mentions
from pipeline.records import Span
from pipeline.train.motions import Wording, alarms, judgements_of, reword
from pipeline.train.recipe import Part
from pipeline.train.said import said
from pipeline.train.sources import OPPOSITE, Example
from pipeline.train.written import name_people

_T = TypeVar("_T")
_NAME = re.compile(r"(?:[A-Z][\w.-]+ ){0,2}[A-Z][\w-]+$")
_FULL_NAME = re.compile(
    r"\b(?!(?:On|In|At|The|But|And|For|From|If|As|When) )(?:[A-Z][a-z]+|[A-Z]\.)(?: [A-Z]\.)? [A-Z][a-z]\w+\b"
)
"""Two words with capitals, as most people's names are, and many an organisation's."""
_JOINED = (2, 5)
"""Fewest and most texts that are run together into a long one."""


_NOUN = re.compile(
    r"\b(?:[a-z]+(?:al|ic|ous|ive) )?[a-z]{3,}"
    r"(?:[st]ions?|ments?|it(?:y|ies)|ness|ism|[ae]nces?|ships?|ures?|[eo]rs|ists|ians|[^aeiou]ies|ings|ages?|ics)\b"
)
_CLAIMS = (
    "{}",
    "{}",
    "{} is a serious problem",
    "{} is a serious concern",
    "{} is a good thing",
    "{} is dangerous",
    "{} should be stopped",
    "{} should be supported",
    "concern about {} is exaggerated",
    "a ban on {}",
    "support for {}",
    "action against {}",
    "funding for {}",
    "an end to {}",
    "an investigation into {}",
)


def mix(parts: Sequence[Part], sources: Mapping[str, Sequence[Example]], *, seed: int) -> list[Example]:
    """Draw the examples of every part and shuffle them. The same arguments give the same list."""
    examples: list[Example] = []
    for number, part in enumerate(parts):
        draw = random.Random(f"{seed}-{number}-{part.make}")
        pool = [example for name in part.sources for example in sources[name]]
        topics = [example for name in part.topics for example in sources[name]] or pool
        made = _MAKERS[part.make](part, pool, topics, draw)
        examples.extend(replace(example, taught=part.taught or 0.0) for example in made)
    random.Random(seed).shuffle(examples)
    return examples


def _rounds(pool: Sequence[_T], count: int, draw: random.Random) -> Iterator[_T]:
    """Give `count` of a pool: the whole pool in a new order, as often as needed, so that none is drawn twice early."""
    given = 0
    while given < count:
        for example in draw.sample(pool, len(pool)):
            if given == count:
                return
            given += 1
            yield example


def _plain(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    for example in _rounds(pool, part.count, draw):
        named = name_people(example, draw) if "{A}" in example.text else _renamed(example, pool, part, draw)
        shown = named.mentions if draw.random() < part.mark else ()
        yield _reworded(replace(named, mentions=shown), part, draw)


def _renamed(example: Example, pool: Sequence[Example], part: Part, draw: random.Random) -> Example:
    """With probability `part.rename` another name of the pool in place of the target, everywhere in the text."""
    if draw.random() >= part.rename or not _NAME.match(example.target):
        return example
    name = draw.choice(pool).target
    if not _NAME.match(name) or find_mentions(example.text, name):
        return example
    text, mentions, end = "", [], 0
    for start, stop in find_mentions(example.text, example.target):
        text += example.text[end:start]
        mentions.append(Span(len(text), len(text) + len(name)))
        text, end = text + name, stop
    return replace(example, text=text + example.text[end:], target=name, mentions=tuple(mentions))


def _reworded(example: Example, part: Part, draw: random.Random) -> Example:
    return _facing(example, reword(example.target, draw, share=part.reword, negate=part.negate))


def _facing(example: Example, wording: Wording) -> Example:
    """The example toward another wording of its target, with the stance that it then takes."""
    stance = example.stance
    if wording.flips and stance is not None:
        stance = OPPOSITE[stance]
    return replace(example, target=wording.text, stance=stance)


def _joined(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Long texts: several of the same stance toward the same target, one after the other."""
    groups: dict[tuple[str, str | None], list[Example]] = defaultdict(list)
    for example in pool:
        groups[example.target, example.stance].append(example)
    wide = [group for group in groups.values() if len(group) >= _JOINED[1]]
    for _number in range(part.count):
        group = draw.choice(wide)
        chosen = draw.sample(group, draw.randint(*_JOINED))
        text = " ".join(example.text.rstrip().rstrip(".") + "." for example in chosen)
        yield _reworded(replace(chosen[0], text=text), part, draw)


def _absent(part: Part, pool: Sequence[Example], topics: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """A name that the text does not mention: nothing is said of it, so both heads learn *neutral*."""
    for example in _rounds(pool, part.count, draw):
        target = draw.choice(topics).target
        if _shares_a_word(target, example.text):
            continue
        yield Example(text=example.text, target=target, stance="neutral", sentiment="neutral")


def _off_topic(
    part: Part, pool: Sequence[Example], topics: Sequence[Example], draw: random.Random
) -> Iterator[Example]:
    """A topic that the text does not speak of: its stance toward it is *neutral*."""
    for example in _rounds(pool, part.count, draw):
        other = draw.choice(topics)
        wording = reword(other.target, draw, share=part.reword, negate=part.negate)
        if other.target == example.target or _shares_a_word(wording.text, example.text):
            continue
        yield Example(text=example.text, target=wording.text, stance="neutral")


def _shares_a_word(target: str, text: str) -> bool:
    """Whether a telling word (five letters or more) of the target stands in the text."""
    return any(find_mentions(text, word) for word in target.split() if len(word) >= 5)


def _said(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    for example in _rounds(pool, part.count, draw):
        yield from said(example.target, draw)


def _claimed(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """A claim about a name in place of the name: real news sentences with, against and beside a proposition."""
    for example in _rounds(pool, part.count, draw):
        if example.target[:1].isupper() and len(example.target) >= 5:
            wording = draw.choice(list(judgements_of(example.target, flips=False)))
            yield replace(_facing(example, wording), sentiment=None)


def _alarming(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Arguments about what somebody wants banned, asked whether it is a grave matter: harm told is a concern held."""
    fitting = [(example, found) for example in pool if (found := alarms(example.target))]
    for place in _rounds(range(len(fitting)), part.count, draw):
        example, found = fitting[place]
        yield _facing(example, draw.choice(found))


def _topical(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """A claim about something that the text names in passing and does not judge: a text on the topic that is neutral.

    Of sentiment data only neutral texts are taken.
    """
    facts = [example for example in pool if example.sentiment in (None, "neutral")]
    for example in _rounds(facts, part.count, draw):
        if nouns := _NOUN.findall(example.text):
            target = draw.choice(_CLAIMS).format(draw.choice(nouns))
            yield Example(text=example.text, target=target, stance="neutral")


def _asked(part: Part, pool: Sequence[Example], _: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Something that the text names, a person, a matter or a claim about it, whatever the answer is."""
    for example in _rounds(pool, part.count, draw):
        nouns, names = _NOUN.findall(example.text), _FULL_NAME.findall(example.text)
        if names and (not nouns or draw.random() < 0.5):
            target = draw.choice(names)
        elif nouns:
            target = draw.choice(_CLAIMS).format(draw.choice(nouns))
        else:
            continue
        yield Example(text=example.text, target=target, mentions=find_mentions(example.text, target))


_MAKERS: dict[
    str,
    Callable[[Part, Sequence[Example], Sequence[Example], random.Random], Iterator[Example]],
] = {
    "plain": _plain,
    "joined": _joined,
    "absent": _absent,
    "off_topic": _off_topic,
    "said": _said,
    "claimed": _claimed,
    "topical": _topical,
    "alarming": _alarming,
    "asked": _asked,
}
