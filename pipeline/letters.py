"""Letters that regular expressions have no name for, and small words of names."""

CAPITAL = "A-Z" + "".join(filter(str.isupper, map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))))
"""The capitals of the Latin alphabet with all their accents, for a class of a regular expression."""

PARTICLES = frozenset(
    (
        *("de", "di", "da", "du", "del", "della", "dela", "dos", "das", "la", "las", "los", "le", "al", "el"),
        *("van", "von", "der", "den", "ter", "ten", "zu", "bin", "ibn", "bint", "abu", "ole"),
    )
)
"""Small words that stand within people's names: *Jan van der Meer*."""
