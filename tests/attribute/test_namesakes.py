"""Father and son, and others whose names differ by *Jr.* alone: two people where the article has both names."""

from __future__ import annotations

import pytest

_FATHER = "Harold Trask opened the fair on Monday. “It is a fine day,” Harold Trask told the crowd.\n\n"


@pytest.mark.parametrize("son", ["Harold Trask Jr.", "Harold Trask, Jr.,", "Harold Trask, Sr.,", "Harold Trask II"])
def test_a_son_of_the_same_name_is_somebody_else(speaker_of, son):
    body = f"{_FATHER}“Nobody works harder than he does,” {son} said of his father."
    assert speaker_of(body, "Nobody works").rstrip(".") == son.rstrip(".,")
    assert speaker_of(body, "fine day") == "Harold Trask"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("“He never rests,” Trask Jr. added.", "Harold Trask Jr."),
        ("“He never rests,” Harold Jr. added.", "Harold Trask Jr."),
        ("“He never rests,” the younger Trask added.", "Harold Trask Jr."),
        ("“I never rest,” the elder Trask added.", "Harold Trask"),
        ("“I never rest,” the senior Mr. Trask added.", "Harold Trask"),
        ("“I never rest,” Trask added.", "Harold Trask"),
    ],
)
def test_which_of_the_two_is_meant(speaker_of, words, who):
    body = f"{_FATHER}“Nobody works harder,” Harold Trask Jr. said.\n\n{words}"
    assert speaker_of(body, "never rest") == who


@pytest.mark.parametrize("short", ["Joe Hallam", "J. R. Hallam", "Joseph Hallam"])
def test_one_man_may_leave_his_suffix_out(attribute, short):
    article = attribute(f"News.\n\n“It is late,” said Joseph R. Hallam Jr. “It is,” {short} said again.")
    assert {article.speaker(each.speaker_id).name for each in article.attributions} == {"Joseph R. Hallam Jr."}
