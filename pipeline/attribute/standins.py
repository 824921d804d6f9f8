"""Words that the parser knows stand in for an article's own: grammar should not hang on how people are called.

spaCy's small model learned from other people's news: *Trump asked* it often reads as a noun and what hangs on it, and
*Early described* as an adverb. An article's surnames are therefore given to it as common ones of the same length, and
*the 31-year-old* as a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.attribute.gender import is_first_name
from pipeline.attribute.member import without_suffix
from pipeline.attribute.names import Use
from pipeline.attribute.no_names import OFTEN_NO_NAME
from pipeline.attribute.organisations import looks_like_organisation

_BY_LENGTH = {
    3: "Lee", 4: "Bush", 5: "Smith", 6: "Miller", 7: "Clinton", 8: "Anderson", 9: "Robertson", 10: "Richardson",
}  # fmt: skip
_AGED = re.compile(
    r"(?<=[Tt]he )\d{1,2}-year-old"
    r"(?=[,.]|\s+(?:said|says|told|tells|added|adds|explained|admitted|recalled|wrote|who|from|has|had|was|is|also)\b)"
)
_BY_AGE = {10: "politician", 11: "storyteller"}
_FIRST_WORD = 2
"""Characters that may stand before a sentence's first word."""

StandIns = re.Pattern[str]
"""Matches the surnames of an article that others stand in for."""


def stand_ins(uses: Iterable[Use]) -> StandIns | None:
    """The surnames among an article's names that have a stand-in; ``None`` where there are none.

    A surname is known by a title before it or a first name; those longer than ten letters stay as they are.
    """
    surnames = {surname for use in uses if (surname := _surname(use)) and len(surname) in _BY_LENGTH}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(surnames)))})\b") if surnames else None


def with_stand_ins(sentence: str, surnames: StandIns | None) -> str:
    """The sentence as the parser gets it, every character at its place; *Will* at its very start stays as it is."""
    sentence = _AGED.sub(lambda found: _BY_AGE[len(found[0])], sentence)
    if surnames is None:
        return sentence
    return surnames.sub(
        lambda found: (
            found[0] if found.start() < _FIRST_WORD and found[0] in OFTEN_NO_NAME else _BY_LENGTH[len(found[0])]
        ),
        sentence,
    )


def _surname(use: Use) -> str:
    parts = without_suffix(use.name).split()
    is_person = bool(use.title) if len(parts) == 1 else bool(parts) and is_first_name(parts[0])
    if not is_person or looks_like_organisation(use.name) or not parts[-1].isalpha():
        return ""
    return parts[-1]
