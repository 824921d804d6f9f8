"""Letters that regular expressions have no name for."""

CAPITAL = "A-Z" + "".join(filter(str.isupper, map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))))
"""The capitals of the Latin alphabet with all their accents, for a class of a regular expression."""
