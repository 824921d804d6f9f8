import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.train.motions import alarms, negated, parse_action, reword, wordings
from pipeline.train.said import said


def flips(motion):
    return {wording.text: wording.flips for wording in wordings(motion)}


def test_who_favours_a_ban_is_against_what_is_banned():
    found = flips("We should ban whaling")
    assert found["whaling"] is True
    assert found["banning whaling"] is False
    assert found["a ban on whaling"] is False
    assert found["whaling is a real problem"] is False
    assert found["whaling deserves support"] is True


def test_who_favours_subsidies_favours_what_is_subsidised():
    found = flips("This house would subsidize student loans.")
    assert found["student loans"] is False
    assert found["subsidies for student loans"] is False
    assert found["student loans does harm"] is True


@pytest.mark.parametrize(
    ("motion", "noun"),
    [("Surrogacy should be banned", "Surrogacy"), ("Foster care brings more harm than good", "Foster care")],
)
def test_other_forms_of_a_motion(motion, noun):
    assert flips(motion) == {noun: True}


def test_a_claim_that_something_is_a_problem_has_other_words():
    assert flips("noise is a serious problem")["noise should worry everyone"] is False


@pytest.mark.parametrize("motion", ["Internet access is a human right", "We should believe in love", "", "we should"])
def test_a_form_that_is_not_understood_is_left_alone(motion):
    assert wordings(motion) == []
    assert parse_action(motion) is None


def test_a_motion_and_its_opposite():
    assert negated("We should ban whaling") == "We should not ban whaling"
    assert negated("We should not ban whaling") == "We should ban whaling"
    assert negated("Aid to Africa") is None


@given(st.text(max_size=80), st.integers())
def test_any_text_can_be_reworded(motion, seed):
    assert reword(motion, random.Random(seed), share=0.5, negate=0.5).text is not None


@given(st.integers())
def test_what_is_said_names_a_deed_and_its_object(seed):
    (example,) = said("We should ban whaling", random.Random(seed))
    assert example.stance in ("favor", "neutral", "against")
    assert "whaling" in example.target
    assert "{" not in example.text + example.target


def test_who_wants_a_ban_holds_that_there_is_harm():
    found = {wording.text: wording.flips for wording in alarms("We should abolish zoos.")}
    assert found["zoos are a serious concern"] is False
    assert found["zoos do great harm"] is False
    assert found["worries about zoos are overblown"] is True
    assert "Homeopathy is dangerous" in [each.text for each in alarms("Homeopathy brings more harm than good")]


@pytest.mark.parametrize("motion", ["We should subsidize trains", "We should fight for the whales", "Whaling"])
def test_who_wants_something_alarms_nobody(motion):
    assert alarms(motion) == []
