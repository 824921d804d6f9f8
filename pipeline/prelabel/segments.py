"""From two strings to the token ids that a classifier by name reads, in the frame that its own tokenizer gives them.

Each string is tokenised once, however many others it is put beside. What stands around the two (``[CLS]``,
``</s></s>``) is learnt from the tokenizer by letting it frame a pair of single letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tokenizers import Tokenizer

from pipeline.errors import ModelError
from pipeline.prelabel.encoding import Window, window_bounds


class Segments(NamedTuple):
    """What a model is asked about: a text, and beside it a target or a hypothesis, kept whole; none where empty."""

    text: str
    beside: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Special tokens before, between and after the strings, and the token types of these and of the strings."""

    ids: tuple[list[int], ...]
    types: tuple[list[int], ...]
    string_types: tuple[int, ...]


class SegmentEncoder:
    """Encodes segments for a model that reads at most `max_length` tokens, special ones included.

    `text_first` says which of the two strings stands first. Without `typed`, all token types are 0.
    """

    def __init__(self, tokenizer: Tokenizer, *, max_length: int, text_first: bool = True, typed: bool = True) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._pair, self._alone = _frame(tokenizer, "a", "b"), _frame(tokenizer, "a", None)
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._max_length = max_length
        self._text_first = text_first
        self._typed = typed

    def encode(self, asked: Sequence[Segments]) -> list[Window]:
        """Return the windows of everything asked, in its order; one each where the text fits.

        Raises ModelError for a target or hypothesis that leaves less than a quarter of `max_length` to the text.
        """
        strings = list(dict.fromkeys(string for one in asked for string in one))
        encodings = self._tokenizer.encode_batch(strings, add_special_tokens=False)
        ids = {string: encoding.ids for string, encoding in zip(strings, encodings, strict=True)}
        return [window for index, one in enumerate(asked) for window in self._windows(index, one, ids)]

    def _windows(self, index: int, one: Segments, ids: dict[str, list[int]]) -> Iterator[Window]:
        frame = self._pair if one.beside else self._alone
        text, beside = ids[one.text], ids[one.beside]
        room = self._max_length - len(beside) - sum(map(len, frame.ids))
        if room < self._max_length // 4:
            raise ModelError(
                f"{one.beside[:40]!r}... has {len(beside)} tokens, too many for a model that reads {self._max_length}.",
                fix="say the target, or the hypothesis about it, in fewer words.",
            )
        for start, end in window_bounds(len(text), room):
            strings = [text[start:end]] if not one.beside else [text[start:end], beside]
            yield self._framed(index, frame, strings if self._text_first else strings[::-1])

    def _framed(self, index: int, frame: _Frame, strings: Sequence[list[int]]) -> Window:
        ids, types = [*frame.ids[0]], [*frame.types[0]]
        for place, string in enumerate(strings):
            ids += [*string, *frame.ids[place + 1]]
            types += [*[frame.string_types[place]] * len(string), *frame.types[place + 1]]
        return Window(pair=index, ids=ids, types=types if self._typed else [0] * len(ids))


def _frame(tokenizer: Tokenizer, first: str, second: str | None) -> _Frame:
    """Learn what a tokenizer puts around one string or two."""
    framed = tokenizer.encode(first, second)
    ids: list[list[int]] = [[]]
    types: list[list[int]] = [[]]
    string_types: list[int] = []
    before: int | None = None
    for token, kind, owner in zip(framed.ids, framed.type_ids, framed.sequence_ids, strict=True):
        if owner is None:
            ids[-1].append(token)
            types[-1].append(kind)
        elif owner != before:
            ids.append([])
            types.append([])
            string_types.append(kind)
        before = owner if owner is not None else before
    if len(string_types) != (1 if second is None else 2):
        raise ModelError(
            "the model's tokenizer cannot frame two strings.",
            fix="name a model that reads two strings, or set `prelabel.model_reads: [text]`.",
        )
    return _Frame(tuple(ids), tuple(types), tuple(string_types))
