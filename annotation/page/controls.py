"""What the page in Label Studio is made of: the names of its controls, the keys of its choices, how many targets fit.

`interface` draws from it, `tasks` fills it, `convert` reads answers by it.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from itertools import count

from pipeline.errors import ConfigError
from pipeline.labels import LabelScheme, Question

TEXT = "sentence"
SPEAKER = "speaker"
TYPED_SPEAKER = "speaker_other"
FLAGS = "flags"
COMMENT = "comment"
AUTHOR_VALUE = "__author__"
OTHER_VALUE = "__other__"
NOT_ASKED = "__not_asked__"
"""The hidden choice, made already, of a question that a task does not ask."""

FLAG_CHOICES: Mapping[str, tuple[str, str, str]] = {
    "not-a-statement": ("Not a statement", "z", "nothing is said here that someone could answer for"),
    "sarcasm": ("Sarcasm", "x", "meant otherwise than it is put"),
    "needs-discussion": ("Discuss", "c", "a case to talk about with the others"),
}
"""What can be noted beside the answers: as it is stored; as it is shown, its key, and what it means."""

AUTHOR_KEY, OTHER_KEY, COMMENT_KEY = "8", "9", "0"
MOST_SLOTS = 3
NUL_SHOWN = "\N{SYMBOL FOR NULL}"
"""What stands for a NUL on the page: no database takes one."""
_ROWS = ("qwertyuiop", "asdfghjkl", "vbnm")
_FREE = "".join(_ROWS)
_SURROGATE = re.compile("[\\ud800-\\udfff]")
_BIDI = dict.fromkeys((0x202D, 0x202E), "\N{REPLACEMENT CHARACTER}") | dict.fromkeys(
    (0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069), "\N{WORD JOINER}"
)
_CONTROL = re.compile("[\\x00-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")
_TAKEN = frozenset(
    {TEXT, SPEAKER, TYPED_SPEAKER, FLAGS, COMMENT, "uid", "sentence_id", "doc_id", "arm", "inclusion_probability"}
    | {"occasion", "gold", "annotators", "title", "outlet", "date", "about", "sent_no", "sent_total", "before", "after"}
    | {"speakers", "target", "asks", "source"}
)


def stems(scheme: LabelScheme) -> dict[str, str]:
    """For each question its control's name without the slot number: the question's name where that can be one."""
    found: dict[str, str] = {}
    for question in scheme.questions:
        stem = re.sub(r"[^a-z0-9]+", "_", question.name.casefold()).strip("_")
        taken = _TAKEN.union(found.values())
        numbered = (f"question{number}" for number in count(1))
        usable = stem[:1].isalpha() and stem not in taken
        found[question.name] = stem if usable else next(name for name in numbered if name not in taken)
    return found


def plain(text: str) -> str:
    """The text as a caption of the page: without ``$``, which Label Studio takes for a field's name, or controls."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).replace("$", "\N{FULLWIDTH DOLLAR SIGN}")


def storable(text: str) -> str:
    """The text as databases hold it: a NUL as its picture, U+2400, half a surrogate pair as U+FFFD, all else exact."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\0", NUL_SHOWN))


def shown(text: str) -> str:
    """The text as people read it: `storable`, and without what would turn its words round or reach beyond it.

    Overrides of the direction show as U+FFFD; embeddings and isolates, which a text may leave open, become invisible
    joiners. Letters have their own direction without them, and marks stay.
    """
    return storable(text).translate(_BIDI)


def wording(text: str) -> str:
    """Eight hexadecimal digits that change when a sentence's words do; the same of a text as of what is shown of it."""
    return hashlib.blake2b(shown(text).encode("utf-8"), digest_size=4).hexdigest()


def option_html(text: str, key: str, role: str = "") -> str:
    """How a choice is shown: its text, a role beside it, and its key; everything in it is escaped."""
    shown = f"<bdi>{html.escape(text)}</bdi>"
    if role:
        shown = f"<span>{shown} <small><bdi>{html.escape(role)}</bdi></small></span>"
    return f"<span class=or-option><kbd>{html.escape(key)}</kbd>{shown}</span>"


def option(value: str, text: str, key: str, *, role: str = "", **more: object) -> dict[str, object]:
    """One choice of a task: what is stored, what is shown with which role beside it, and the key that chooses it."""
    value = storable(value)
    stored = {"value": value} if "$" not in value else {"value": plain(value), "alias": value}
    return {**stored, "html": option_html(shown(text), key, shown(role)), "hotkey": key, **more}


def not_asked() -> dict[str, object]:
    """The only choice of a question that a task does not ask. Its key is on no keyboard."""
    return {"value": NOT_ASKED, "selected": True, "style": "display: none", "hotkey": "ctrl+alt+shift+f19"}


def value_of(choice: Mapping[str, object]) -> object:
    """What Label Studio stores where this choice is made."""
    return choice.get("alias", choice["value"])


def slots_of(scheme: LabelScheme) -> int:
    """How many targets one page can ask about, at most `MOST_SLOTS`: each label of each target needs a key of its own.

    Raises ConfigError where not even one target fits.
    """
    labels = sum(len(question.labels) for question in scheme.questions)
    if labels > len(_FREE):
        raise ConfigError(
            f"the questions have {labels} labels together, and the page has {len(_FREE)} keys for them.",
            fix="ask fewer questions, or with fewer labels, under `prelabel.questions`.",
        )
    return min(MOST_SLOTS, len(_FREE) // labels)


def keys(scheme: LabelScheme, slots: int) -> dict[tuple[str, int], tuple[str, ...]]:
    """The key of every label, by question and slot (from 1): one letter, no letter twice on a page.

    The first slot has the keys that the scheme names; what it leaves open, and the other slots, go on to the right in
    the keyboard's row. Raises ConfigError for a key that is no letter, is taken by the page, or is named twice.
    """
    named = dict(_named(scheme))
    free = [key for key in _FREE if key not in named.values()]
    given: dict[tuple[str, int], tuple[str, ...]] = {}
    for slot in range(1, slots + 1):
        for question in scheme.questions:
            given[question.name, slot] = tuple(
                named[question.name, label] if slot == 1 and (question.name, label) in named else _next(free, row)
                for row, label in zip(_rows_of(question), question.label_names, strict=True)
            )
    return given


def _named(scheme: LabelScheme) -> Iterator[tuple[tuple[str, str], str]]:
    owners: dict[str, str] = {}
    for question in scheme.questions:
        for label in question.labels:
            if label.hotkey is None:
                continue
            key, owner = label.hotkey.casefold(), f"{question.name}: {label.name}"
            if len(key) != 1 or key not in _FREE:
                raise ConfigError(
                    f"the key {label.hotkey!r} of {owner!r} cannot choose a label.",
                    fix="give a letter other than z, x and c under `hotkey`, or leave it out.",
                )
            if key in owners:
                raise ConfigError(
                    f"the key {key!r} is given to both {owners[key]!r} and {owner!r}.",
                    fix="give each label its own key under `prelabel.questions`, or leave `hotkey` out.",
                )
            owners[key] = owner
            yield (question.name, label.name), key


def _rows_of(question: Question) -> list[str]:
    first = next((label.hotkey.casefold() for label in question.labels if label.hotkey), "")
    row = next((row for row in _ROWS if first and first in row), "")
    return [row] * len(question.labels)


def _next(free: list[str], row: str) -> str:
    key = next((key for key in free if key in row), None) or free[0]
    free.remove(key)
    return key
