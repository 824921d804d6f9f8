"""Attributions marked by hand: how they are read, and the words that tell two sources apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_gold
from pipeline.records import AttributionType, Document, Span

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’]s?$")
_DETERMINERS = frozenset(re.findall(r"\w+", "the a an this that these those his her its their our my your"))
_ENDS_HEAD = frozenset(
    re.findall(
        r"\w+",
        "of for from in on at with by to who whom whose which that and or but as under against near about including "
        "during after before since within among between behind inside outside over through without",
    )
)
_CLOSES = frozenset(",;:(—–[")
_TITLE_ENDS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|St|Jr|Sr|Prof|Lt|Col|Sgt|Rev|[A-Z])\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAttribution:
    """One attribution marked by hand; spans are half-open code points of the article's text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: AttributionType
    speech: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """A document and the attributions that people marked in it, in the order of the file."""

    document: Document
    attributions: tuple[GoldAttribution, ...]


def read_marked(path: Path) -> list[GoldArticle]:
    """Read a JSON Lines file of marked articles, one a line, in order.

    A row has ``text`` and ``attributions``; each of these ``source``, ``cue`` and ``content`` as lists of
    ``[start, end)``, ``type`` and ``speech``. Raises InputError with file, line and field for the first bad row.
    """
    marked = [_article(row, path, line) for line, row in read_gold(path, ["text", "attributions"])]
    if not marked:
        raise InputError("there are no marked articles.", where=Place(path=path), fix="give a file with rows.")
    return marked


def head_word(mention: str) -> str:
    """The head word of a source, lower-cased: ``mook`` of *campaign manager Robby Mook*; ``""`` where there is none.

    The last word before the first preposition, relative pronoun, conjunction or comma; possessive marks fall away.
    """
    head = ""
    for match in _WORD.finditer(mention):
        word = match.group()
        ends = word.endswith(".") and not _TITLE_ENDS.search(word)
        bare = _POSSESSIVE.sub("", word.rstrip(".")).lower()
        if bare in _ENDS_HEAD and head:
            return head
        if bare not in _DETERMINERS or not head:
            head = bare
        if ends or mention[match.end() :].lstrip()[:1] in _CLOSES:
            return head
        if word != _POSSESSIVE.sub("", word) and mention[match.end() :].strip() == "":
            return head
    return head


def _article(row: dict[str, Any], path: Path, line: int) -> GoldArticle:
    try:
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError("`text` is not a string")
        title = row.get("title") or None
        if not isinstance(title, str | None):
            raise TypeError("`title` is not a string")
        return GoldArticle(
            document=Document(doc_id=str(row.get("id", line)), text=text, title=title),
            attributions=tuple(_attribution(found, len(text)) for found in row["attributions"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(
            f"this is not a marked article: {reason}.",
            where=Place(path=path, line=line),
            fix="give each attribution source, cue, content (lists of [start, end]), type and speech.",
        ) from error


def _attribution(found: dict[str, Any], length: int) -> GoldAttribution:
    if found["speech"] not in (True, False):
        raise ValueError("`speech` is neither true nor false")
    return GoldAttribution(
        source=_spans(found["source"], length),
        cue=_spans(found.get("cue", []), length),
        content=_spans(found["content"], length),
        type=_type(found["type"]),
        speech=bool(found["speech"]),
    )


def _spans(pairs: list[list[int]], length: int) -> tuple[Span, ...]:
    spans = tuple(Span(int(start), int(end)) for start, end in pairs)
    for span in spans:
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"[{span.start}, {span.end}) lies outside the text")
    return spans


def _type(name: str) -> AttributionType:
    match name:
        case "direct" | "indirect" | "mixed":
            return name
    raise ValueError(f"type {name!r} is not direct, indirect or mixed")
