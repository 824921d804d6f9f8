"""The page that annotators see, as Label Studio's XML, made from the label scheme."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from annotation.page import controls
from annotation.page.guide import instructions
from annotation.page.style import STYLE
from pipeline.labels import LabelScheme

__all__ = ["digest", "instructions", "interface"]


def interface(scheme: LabelScheme, slots: int) -> str:
    """The labelling configuration for pages that ask `scheme` about up to `slots` targets each.

    Every question is required, and asked once a slot. What a task does not ask it answers itself with a hidden
    choice (`annotation.page.controls.NOT_ASKED`), because Label Studio cannot require by task. Raises ConfigError for a
    scheme whose keys collide or do not suffice.
    """
    keys = controls.keys(scheme, slots)
    cards = "\n".join(_target_card(scheme, slot, keys) for slot in range(1, slots + 1))
    return _PAGE.format(
        style=STYLE + _only_where_asked(scheme),
        asks=_asks(scheme),
        cards=cards,
        flags=_flags(),
        to_before=_jump("to_before", "minus"),
        to_name=_jump("to_name", controls.OTHER_KEY),
        back_to_name=_jump("back_to_name", "space"),
        to_comment=_jump("to_comment", controls.COMMENT_KEY),
        comment_key=controls.COMMENT_KEY,
    )


def digest(xml: str) -> str:
    """Sixteen hexadecimal digits that two configurations share when they differ at most in white space."""
    canonical = ET.canonicalize(xml, strip_text=True)
    return hashlib.blake2b(canonical.encode("utf-8"), digest_size=8).hexdigest()


def _target_card(scheme: LabelScheme, slot: int, keys: Mapping[tuple[str, int], Sequence[str]]) -> str:
    stems = controls.stems(scheme)
    rows = "\n".join(
        _question(number, question.name, f"{stems[question.name]}_{{}}{slot}", keys[question.name, slot])
        for number, question in enumerate(scheme.questions)
    )
    return f'<View className="or-card or-target">\n{_TOWARD.format(slot=slot)}\n{rows}\n</View>'


def _asks(scheme: LabelScheme) -> str:
    """What each question asks, where it says so: once for all targets."""
    asks = "".join(
        f'<View className="or-ask or-ask-{number}"><Header value={quoteattr(controls.plain(question.name))} size="6"/>'
        f'<Header value={quoteattr(controls.plain(question.instruction))} size="6"/></View>'
        for number, question in enumerate(scheme.questions)
        if question.instruction
    )
    return asks and f'<View className="or-asks">{asks}</View>'


def _only_where_asked(scheme: LabelScheme) -> str:
    """The style that hides what a question asks where no target of the page is asked about by it."""
    return "".join(
        f".or-page:not(:has(.or-question-{number} .or-option)) .or-ask-{number} {{ display: none; }}\n"
        for number in range(len(scheme.questions))
    )


def _question(number: int, question: str, control: str, keys: Sequence[str]) -> str:
    name = controls.plain(question)
    missing = f"Answer {name} ({', '.join(keys).upper()}) before you go on. Escape closes this."
    return (
        f'<View className="or-question or-question-{number}"><Header value={quoteattr(name)} size="6"/>'
        f'<Choices name="{control.format("")}" toName="{controls.TEXT}" value="${control.format("options_")}"'
        f' choice="single-radio" layout="inline" required="true" requiredMessage={quoteattr(missing)}/></View>'
    )


def _jump(name: str, key: str) -> str:
    """What makes Tab go on to the field behind it, once the key was pressed.

    Label Studio has no key that leads into a text field, but one that leads into a filter, which is a field as well.
    It is not seen, and leaves the focus as soon as it has it (`style`), so that all other keys still choose;
    the browser remembers the place, and goes on from there with Tab. The one that Space leads to while a name is due
    holds the focus a moment longer, until the message that the name is missing takes it and later gives it back.
    """
    return (
        f'<View className="or-jump"><Filter name="{name}" toName="{controls.FLAGS}" hotkey="{key}" minlength="99"'
        ' placeholder="Tab"/></View>'
    )


def _flags() -> str:
    return "".join(
        f'<Choice value="{flag}" html={quoteattr(controls.option_html(shown, key))} hotkey="{key}"'
        f" hint={quoteattr(hint)}/>"
        for flag, (shown, key, hint) in controls.FLAG_CHOICES.items()
    )


_TOWARD = (
    '<View className="or-toward"><Header value="Toward" size="5"/><Header value="$target_{slot}" size="5"/></View>'
)
_PAGE = """<View className="or-frame">
<Style>{style}</Style>
<View className="or-page">
<View className="or-read">
<Header value="$title" size="4"/>
<View className="or-about"><Header value="$about" size="6"/></View>
{to_before}
<View className="or-context"><Text name="before" value="$before"/></View>
<View className="or-sentence"><Text name="sentence" value="$sentence"/></View>
<View className="or-context"><Text name="after" value="$after"/></View>
</View>
<View className="or-decide">
<View className="or-who">
<View className="or-card or-speakers">
<Header value="Who says it?" size="5"/>
<Choices name="speaker" toName="sentence" value="$speakers" choice="single-radio" required="true"
 requiredMessage="Choose who says it (1 to 9) before you go on. Escape closes this."/>
<View className="or-back" visibleWhen="choice-selected" whenTagName="speaker" whenChoiceValue="__other__">
{back_to_name}
</View>
{to_name}
<View className="or-typed" visibleWhen="choice-selected" whenTagName="speaker" whenChoiceValue="__other__">
<TextArea name="speaker_other" toName="sentence" rows="1" maxSubmissions="1" editable="true" required="true"
 placeholder="Tab to type the name, then Enter"
 requiredMessage="There is no name yet. Press Escape, then Tab, and type it; or choose another speaker."/>
</View>
</View>
<View className="or-card or-notes">
<Choices name="flags" toName="sentence" choice="multiple" layout="inline">{flags}</Choices>
{to_comment}
<TextArea name="comment" toName="sentence" rows="1" maxSubmissions="1" editable="true"
 placeholder="{comment_key} and Tab to comment, then Enter"/>
</View>
</View>
<View className="or-stand">
{asks}
{cards}
</View>
</View>
</View>
</View>"""
