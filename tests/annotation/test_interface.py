"""The page: valid for Label Studio whatever the scheme, every question once a slot, and no key twice."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from label_studio_sdk.label_interface import LabelInterface

from annotation.page import controls
from annotation.page.interface import digest, interface
from annotation.page.style import STYLE
from pipeline.errors import ConfigError
from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Question
from tests.annotation.made import schemes


def asked(*labels: int, hotkeys: tuple[str | None, ...] = ()) -> LabelScheme:
    keys = iter(hotkeys)
    return LabelScheme(
        questions=tuple(
            Question(
                name=f"question {number}",
                instruction="",
                labels=tuple(Label(name=f"label {place}", hotkey=next(keys, None)) for place in range(count)),
                level="nominal",
            )
            for number, count in enumerate(labels)
        )
    )


def fits(scheme: LabelScheme) -> bool:
    return sum(len(question.labels) for question in scheme.questions) <= 23


@given(schemes(), st.data())
def test_the_page_of_any_scheme_is_valid_and_asks_every_question_once_a_slot(scheme, data):
    assume(fits(scheme))
    slots = data.draw(st.integers(1, controls.slots_of(scheme)))
    xml = interface(scheme, slots)
    LabelInterface(xml).validate()
    page = ET.fromstring(xml)
    names = Counter(element.get("name") for element in page.iter() if element.get("name"))
    assert max(names.values()) == 1
    choices = [element.get("name") for element in page.iter("Choices")]
    wanted = [f"{controls.stems(scheme)[q.name]}_{slot}" for slot in range(1, slots + 1) for q in scheme.questions]
    assert [name for name in choices if name not in {"speaker", "flags"}] == wanted
    shown = [element.get("value") for element in page.iter("Header")]
    assert all(shown.count(controls.plain(q.instruction)) >= 1 for q in scheme.questions if q.instruction)


@given(schemes(), st.data())
def test_no_key_chooses_two_things(scheme, data):
    assume(fits(scheme))
    slots = data.draw(st.integers(1, controls.slots_of(scheme)))
    keys = controls.keys(scheme, slots)
    given_keys = [key for row in keys.values() for key in row]
    page = [key for _, key, _ in controls.FLAG_CHOICES.values()]
    assert len(set(given_keys + page)) == len(given_keys + page)
    assert all(len(key) == 1 and key.isalpha() for key in given_keys)
    for question in scheme.questions:
        assert len(keys[question.name, 1]) == len(question.labels)
        for label, key in zip(question.labels, keys[question.name, 1], strict=True):
            assert label.hotkey in {None, key}


def test_the_default_scheme_goes_on_to_the_right_in_its_row():
    keys = controls.keys(DEFAULT_SCHEME, 3)
    assert ["".join(keys["stance", slot]) for slot in (1, 2, 3)] == ["qwe", "rty", "uio"]
    assert ["".join(keys["sentiment", slot]) for slot in (1, 2, 3)] == ["asd", "fgh", "jkl"]


@pytest.mark.parametrize(("labels", "slots"), [((3, 3), 3), ((7,), 3), ((5, 5), 2), ((7, 7), 1), ((7, 7, 7), 1)])
def test_as_many_targets_fit_as_there_are_keys(labels, slots):
    assert controls.slots_of(asked(*labels)) == slots


@pytest.mark.parametrize(
    ("scheme", "says"),
    [
        (asked(3, 3, hotkeys=("q", "w", "e", "q")), "given to both 'question 0: label 0' and 'question 1: label 0'"),
        (asked(3, hotkeys=("Q", "q")), "given to both"),
        (asked(3, hotkeys=("z",)), "'z'"),
        (asked(3, hotkeys=("1",)), "'1'"),
        (asked(3, hotkeys=("qw",)), "'qw'"),
        (asked(3, hotkeys=("",)), "''"),
        (asked(3, hotkeys=("space",)), "'space'"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_choose_is_an_error_with_a_fix(scheme, says):
    with pytest.raises(ConfigError) as error:
        interface(scheme, 1)
    assert says in error.value.what
    assert "hotkey" in error.value.fix


def test_too_many_labels_are_an_error_with_a_fix():
    with pytest.raises(ConfigError) as error:
        controls.slots_of(asked(8, 8, 8))
    assert "24 labels" in error.value.what
    assert "prelabel.questions" in error.value.fix


def test_names_that_could_be_taken_for_the_pages_own_get_others():
    scheme = LabelScheme(
        questions=tuple(
            Question(name=name, instruction="", labels=(Label(name="a"), Label(name="b")), level="nominal")
            for name in ("speaker", "question2", "立場", "Stance", "stance!")
        )
    )
    assert list(controls.stems(scheme).values()) == ["question1", "question2", "question3", "stance", "question4"]


def test_the_digest_sees_what_changes_and_not_white_space():
    xml = interface(DEFAULT_SCHEME, 3)
    assert digest(xml) == digest(xml.replace("><", ">\n  <"))
    assert digest(xml) != digest(interface(DEFAULT_SCHEME, 2))


def test_the_style_has_nothing_that_label_studio_would_escape_or_take_for_a_name():
    assert not set("<>&") & set(STYLE)
    assert 'name="' not in STYLE
