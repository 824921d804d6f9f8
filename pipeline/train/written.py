"""What was written for training: sentences on topics and people, comments, and what a data set's sentences say of whom.

Debate data argues, and sentiment data names people; hardly anything licensed says *The bill is due for a second
reading in March*, which is on the topic and takes no side, or *I lock up at four now because of the knives*, which
takes one without naming the target. The first lines of each file say what it was made of.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError, Place
from pipeline.prelabel.encoding import find_mentions
from pipeline.train.sources import OPPOSITE, SENTIMENTS, STANCES, Example, read_lines

_SIGNS = {"+": "favor", "0": "neutral", "-": "against"}
_FIRST = (
    "Anna Ben Carla David Elena Frank Grace Hassan Irene James Karen Luis Maria Nadia Oscar Priya Quentin Rosa Samuel "
    "Tanya Umar Vera William Ximena Yusuf Zoe Alice Boris Chloe Dmitri Emily Felix Gloria Henry Ines Joseph Kofi "
    "Laura"
)
_LAST = (
    "Abbott Bianchi Castillo Dawson Eriksen Fischer Galloway Hoffman Ibrahim Jansen Kowalski Larsen Mbeki Novak Ochoa "
    "Petrov Quinn Rossi Schultz Thompson Ueda Vargas Whitman Xu Yilmaz Zhang Bauer Cohen Delgado Evans Foster Green "
    "Hughes Iyer Johnson Keller Lopez Morgan Nguyen Oliver Patel Reid Stewart Turner Underwood Vance Walker Young"
)
_THINGS = 6
"""With how many things each pair of a sentence and a target is given."""


def read_topics(path: Path) -> Iterator[Example]:
    """Give every sentence of a file toward every target of its topic.

    ``=`` opens a topic with its targets: ``+`` before a target that the sentences marked ``+`` favour, ``-`` before one
    that they are against. ``*`` names things for ``{}`` in what follows; each pair is given with a few of them. Raises
    InputError with file and line for a line of no kind that such a file has.
    """
    targets: list[tuple[str, str]] = []
    things: list[str] = []
    for number, line in read_lines(path):
        sign, _, rest = line.partition(" ")
        if sign == "=":
            targets = [(part.strip()[:1], part.strip()[1:]) for part in rest.split("|")]
            if not all(towards in ("+", "-") and words for towards, words in targets):
                raise _bad_line(path, number)
        elif sign == "*":
            things += [thing.strip() for thing in rest.split("|")]
        elif sign in _SIGNS and targets:
            for towards, words in targets:
                stance = _SIGNS[sign] if towards == "+" else OPPOSITE[_SIGNS[sign]]
                if "{}" in rest + words and not things:
                    raise _bad_line(path, number)
                for thing in _some(things, f"{number}-{words}") if "{}" in rest + words else [""]:
                    yield Example(text=_with(rest, thing), target=_with(words, thing), stance=stance)
        else:
            raise _bad_line(path, number)


def _some(things: list[str], seed: str) -> list[str]:
    """A few of the things, always the same for a seed."""
    return random.Random(seed).sample(things, min(_THINGS, len(things)))


def _with(pattern: str, thing: str) -> str:
    """A pattern with a thing in it; a sentence that begins with the thing gets its capital."""
    filled = pattern.replace("{}", thing)
    return filled[0].upper() + filled[1:] if pattern.startswith("{}") else filled


def read_people(path: Path) -> Iterator[Example]:
    """Give the sentences of a file toward ``{A}``, and toward ``{B}`` where they name two; `name_people` names them.

    Two signs open each line: what the writer shows toward {A} and toward {B}, ``+`` favour, ``-`` the opposite, ``0``
    neither. Raises InputError with file and line for any other line.
    """
    for number, line in read_lines(path):
        signs, _, pattern = line.partition(" ")
        if len(signs) != 2 or not set(signs) <= set(_SIGNS) or "{A}" not in pattern:
            raise _bad_line(path, number)
        for sign, name in zip(signs, ("{A}", "{B}"), strict=True):
            if name in pattern:
                stance = _SIGNS[sign]
                yield Example(text=pattern, target=name, stance=stance, sentiment=SENTIMENTS[STANCES.index(stance)])


def read_claims(path: Path, sentences: Iterable[str]) -> Iterator[Example]:
    """Give the sentences that a file makes claims about, toward each of its claims.

    A line holds the `key_of` a sentence, a tab, and claims between bars: ``+`` before one that the sentence's speaker
    favours or holds true, ``-`` before one that he is against, ``0`` where he takes no side. Raises InputError with
    file and line for any other line, and for a sentence that is not among `sentences`.
    """
    return (example for _, example in _about(path, sentences))


def read_names(path: Path, sentences: Iterable[str]) -> Iterator[Example]:
    """Give the sentences of a file of names toward each of them: lines of `read_claims`, with names for claims.

    The sign is the sentiment that the sentence shows toward the name. Raises InputError as `read_claims` does, and for
    a name that does not stand in its sentence.
    """
    for number, example in _about(path, sentences):
        mentions = find_mentions(example.text, example.target)
        if not mentions or example.stance is None:
            raise InputError(
                f"the sentence does not hold the name {example.target[:40]!r}.",
                where=Place(path=path, line=number),
                fix="write the name as it stands in the sentence.",
            )
        yield replace(example, mentions=mentions, sentiment=SENTIMENTS[STANCES.index(example.stance)])


def _about(path: Path, sentences: Iterable[str]) -> Iterator[tuple[int, Example]]:
    by_key = {key_of(sentence): sentence for sentence in sentences}
    for number, line in read_lines(path):
        key, _, targets = line.partition("\t")
        if key not in by_key:
            raise InputError(
                f"no sentence of the data set has the key {key[:20]!r}.",
                where=Place(path=path, line=number),
                fix="name the data set that its sentences are from under `of`.",
            )
        for example in _toward(by_key[key], targets, path, number):
            yield number, example


def _toward(text: str, targets: str, path: Path, number: int) -> Iterator[Example]:
    """A text toward each of the targets between bars, by the sign before it."""
    for part in targets.split("|"):
        sign, target = part.strip()[:1], part.strip()[1:].strip()
        if sign not in _SIGNS or not target:
            raise _bad_line(path, number)
        yield Example(text=text, target=target, stance=_SIGNS[sign])


def read_comments(path: Path) -> Iterator[Example]:
    """Give the texts of a file toward each of their targets: lines of `read_claims` with the text in place of its key.

    Raises InputError with file and line for any other line.
    """
    for number, line in read_lines(path):
        text, _, targets = line.partition("\t")
        yield from _toward(text, targets, path, number)


def key_of(sentence: str) -> str:
    """Twelve hexadecimal digits that stand for a sentence of a data set which may not be copied."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def name_people(example: Example, draw: random.Random) -> Example:
    """Put names that were made up into a sentence of `read_people`; each stands there whole, or as the surname."""
    names = {
        place: f"{draw.choice(_FIRST.split())} {last}"
        for place, last in zip("AB", draw.sample(_LAST.split(), 2), strict=True)
    }
    shown = {place: name if draw.random() < 0.5 else name.split()[1] for place, name in names.items()}
    text, place = example.text.format(**shown), example.target.strip("{}")
    target = names[place] if draw.random() < 0.7 else shown[place]
    return replace(example, text=text, target=target, mentions=find_mentions(text, shown[place]))


def _bad_line(path: Path, number: int) -> InputError:
    return InputError(
        "this line is of no kind that such a file has.",
        where=Place(path=path, line=number),
        fix="see the files in configs/embedded-model.",
    )
