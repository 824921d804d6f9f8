"""The annotators' guide, which Label Studio shows beside the page: the codebook, and the labels with their keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from annotation.page import controls
from pipeline.labels import LabelScheme, Question

_CLOSE = (
    "<p><kbd>Esc</kbd> closes this. <b>Close it before you go on</b>: until then, keys act on the page behind it.</p>"
)
_KEYS = (
    "<p><kbd>Space</kbd> accepts what is chosen and goes on, <kbd>Shift</kbd> <kbd>S</kbd> skips. Who says it: "
    "<kbd>1</kbd> to <kbd>7</kbd>, <kbd>8</kbd> the article itself, <kbd>9</kbd> <kbd>Tab</kbd> another, by name. "
    "<kbd>0</kbd> <kbd>Tab</kbd> goes to the comment. A long sentence scrolls by <kbd>PgDn</kbd>; "
    "<kbd>-</kbd> <kbd>Tab</kbd> goes to what stands before it, where <kbd>↑</kbd> scrolls. "
    "Outlined is what was chosen already when you came, filled what you have chosen.</p>"
)
_PLACES = ("1st", "2nd", "3rd")
_LINE_ENDS = re.compile(r"\n+(?=<)|\n+$")


def instructions(codebook: str, scheme: LabelScheme) -> str:
    """The guide as HTML: how to close it, the labels of `scheme` with their keys, then `codebook`.

    The codebook is Markdown with tables; HTML in it is shown, not obeyed. The looks come with the page (`style`). Line
    ends are left out where they mean nothing, since Label Studio shows them.
    """
    from markdown_it import MarkdownIt

    text = MarkdownIt("commonmark", {"html": False}).enable("table").render(codebook)
    return f'<div class="or-guide">{_CLOSE}{_labels(scheme)}{_KEYS}{_LINE_ENDS.sub("", text)}</div>'


def _labels(scheme: LabelScheme) -> str:
    """Each question with its labels, their keys for every target of a page, and what they mean."""
    slots = controls.slots_of(scheme)
    keys = controls.keys(scheme, slots)
    head = "".join(f"<th>{place}</th>" for place in _PLACES[:slots])
    head = f"<thead><tr>{head}<th colspan=2>target on the page</th></tr></thead>" if slots > 1 else ""
    return "".join(
        f"<p><b>{escape(question.name)}</b>: {escape(question.instruction)}</p>"
        f'<table class="or-keys">{head}<tbody>'
        f"{_rows(question, [keys[question.name, slot] for slot in range(1, slots + 1)])}</tbody></table>"
        for question in scheme.questions
    )


def _rows(question: Question, keys: Sequence[Sequence[str]]) -> str:
    """A row a label; `keys` are those of all labels, by target."""
    return "".join(
        f"<tr>{''.join(f'<td><kbd>{key.upper()}</kbd></td>' for key in of_label)}"
        f"<td>{escape(label.name)}</td><td>{escape(label.instruction)}</td></tr>"
        for label, *of_label in zip(question.labels, *keys, strict=True)
    )
