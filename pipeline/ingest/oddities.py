"""What is odd about a text that can be read, and spoils what is found in it: markup, encodings, other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.records import RemarkKind

_MARKUP = re.compile(
    r"</?(?:p|br|hr|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tr|td|th|img|script|style|blockquote)"
    r"(?:\s[^<>]{0,400})?/?>|&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,6});",
    re.IGNORECASE,
)
"""A tag or an entity of HTML."""
_GARBLED = re.compile("â[€\x80]|[ÂÃ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ€]|[\x80-\x84\x86-\x9f]|\ufffd")
"""UTF-8 that was read as Windows-1252 (*â€™*, *Ã©*), Windows-1252 read as Latin-1, and letters that are lost.

U+0085, a line's end of old mainframes, is none of these.
"""
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = re.compile(
    "the|of|and|to|that|it|with|was|are|this|have|not|but|they|from|his|has|been|which|said|by|you|we|who|is|be|as|on"
)
_FEWEST_WORDS, _MOST_WORDS, _ENGLISH_SHARE = 40, 1000, 0.08
"""A quarter of the words of English news are such, and more than 8 in 100 of each of 1,516 articles and comments of 40
words or more (PolNeAR, VAST); in spaCy's example sentences of eleven other languages at most 3 in 100 are.
"""


def oddities(text: str) -> Iterator[tuple[RemarkKind, str]]:
    """Each kind of oddity that a text has, once, with its first words."""
    if found := _MARKUP.search(text):
        yield "markup", found.group()
    if found := _GARBLED.search(text):
        yield "garbled", text[max(0, found.start() - 10) : found.end() + 10]
    words = [match.group().casefold() for match in islice(_WORD.finditer(text), _MOST_WORDS)]
    if len(words) >= _FEWEST_WORDS and sum(map(bool, map(_ENGLISH.fullmatch, words))) < _ENGLISH_SHARE * len(words):
        yield "not_english", text.lstrip()[:60]
