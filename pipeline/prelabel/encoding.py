"""From a text pair to the token ids that the embedded model reads: ``[CLS] target [SEP] text [SEP]``.

Token types do double duty: 0 for the target and for every place in the text that mentions it, 1 for all other
text. So the model sees where its target is without words of its own for it. A text that does not fit is read
through overlapping windows, never cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from tokenizers import Tokenizer

from pipeline.errors import ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.records import Span

_OVERLAP = 0.25
"""Share of a window that the next one reads again, so that no phrase is only seen torn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What the model reads at once: `ids` and `types` of equal length; `pair` is the index of its pair."""

    pair: int
    ids: list[int]
    types: list[int]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Token ids of a text without special tokens, and where each token stands in it (code points)."""

    ids: list[int]
    places: list[tuple[int, int]]


class PairEncoder:
    """Encodes pairs with a tokenizer. Equal texts and equal targets are tokenised once a call.

    `max_length` counts tokens, special ones included. Raises ModelError for a tokenizer without ``[CLS]``
    or ``[SEP]``: such a tokenizer would turn every word into the unknown token.
    """

    def __init__(self, tokenizer: Tokenizer, *, max_length: int) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._max_length = max_length
        self._cls, self._sep = _token_id(tokenizer, "[CLS]"), _token_id(tokenizer, "[SEP]")

    def encode(self, pairs: Sequence[Pair]) -> list[Window]:
        """Return the windows of every pair, in the order of the pairs; one each where the text fits.

        Raises ModelError for a target that leaves less than a quarter of `max_length` to the text.
        """
        strings = list(dict.fromkeys(text for pair in pairs for text in (pair.target, pair.text)))
        encodings = self._tokenizer.encode_batch(strings, add_special_tokens=False)
        tokens = {
            string: _Tokens(encoding.ids, encoding.offsets) for string, encoding in zip(strings, encodings, strict=True)
        }
        return [
            window
            for index, pair in enumerate(pairs)
            for window in self._windows(index, pair, tokens[pair.target], tokens[pair.text])
        ]

    def _windows(self, index: int, pair: Pair, target: _Tokens, text: _Tokens) -> Iterator[Window]:
        room = self._max_length - 3 - len(target.ids)
        if room < self._max_length // 4:
            raise ModelError(
                f"the target {pair.target[:40]!r}... has {len(target.ids)} tokens, too many for "
                f"a model that reads {self._max_length}.",
                fix="say the target in fewer words.",
            )
        types = _text_types(text.places, pair.mentions or find_mentions(pair.text, pair.target))
        head = [self._cls, *target.ids, self._sep]
        for start, end in window_bounds(len(text.ids), room):
            body = text.ids[start:end]
            yield Window(
                pair=index,
                ids=[*head, *body, self._sep],
                types=[0] * len(head) + types[start:end] + [1],
            )


def window_bounds(length: int, room: int) -> list[tuple[int, int]]:
    """Cut ``range(length)`` into overlapping ranges of at most `room` that together cover it.

    One range where it fits (also for length 0). Otherwise ranges of nearly equal length, each sharing at least
    about a quarter of `room` with the one before, so that no window is left with a few words only.
    """
    if length <= room:
        return [(0, length)]
    step = max(1, int(room * (1 - _OVERLAP)))
    count = -(-(length - room) // step) + 1
    return [(start, start + room) for start in (round(i * (length - room) / (count - 1)) for i in range(count))]


def find_mentions(text: str, target: str) -> tuple[Span, ...]:
    """Where the words of `target` stand in `text`, whatever their case, as whole words only."""
    words = target.strip()
    if not words:
        return ()
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))


def _text_types(places: Sequence[tuple[int, int]], mentions: Sequence[Span]) -> list[int]:
    """0 for every token that overlaps a mention, else 1. Tokens stand in the order of the text."""
    types = [1] * len(places)
    for mention in mentions:
        first = bisect_right(places, mention.start, key=itemgetter(1))
        last = bisect_left(places, mention.end, key=itemgetter(0))
        types[first:last] = [0] * max(0, last - first)
    return types


def _token_id(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ModelError(
            f"the model's tokenizer does not know {token}.",
            fix="use the tokenizer.json that was saved with the model's weights.",
        )
    return int(found)
