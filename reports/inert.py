"""Hostile text made harmless to look at, one character for one, so that offsets into it stay true.

Escaping markup is the template's business (and rich's `Text`); here go the characters that no escaping touches:
controls that drive terminals or break parsers, and bidirectional overrides that make words read as other words.
"""

from __future__ import annotations

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_KEPT = {0x09, 0x0A}
_OVERRIDES = (0x202D, 0x202E)
_ISOLATES = (0x2066, 0x2067, 0x2068, 0x2069)
_BIDI_MARKS = (0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, *_ISOLATES)

_C0 = {code: chr(0x2400 + code) for code in range(0x20) if code not in _KEPT}
_OTHERS = dict.fromkeys([*range(0x80, 0xA0), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], REPLACEMENT)
_BIDI = dict.fromkeys(_OVERRIDES, REPLACEMENT) | dict.fromkeys(_ISOLATES, "\N{WORD JOINER}")
_PAGE = _C0 | {0x7F: "\u2421", 0x0D: " "} | _OTHERS | _BIDI
_TERMINAL = _PAGE | dict.fromkeys([*_BIDI_MARKS, 0x2028, 0x2029], REPLACEMENT) | {0x09: " "}


def for_page(text: str) -> str:
    """Show controls as their pictures (NUL as U+2400) and bidirectional overrides as U+FFFD.

    Isolates become invisible joiners: one that is left open, or closed twice, would break out of the isolation that
    the page itself gives to names. Marks and embeddings stay; they end where the page's own isolation ends.
    """
    return text.translate(_PAGE)


def for_terminal(text: str) -> str:
    """Like `for_page`, and without any bidirectional control: a terminal has nothing to isolate them with."""
    return text.translate(_TERMINAL)
