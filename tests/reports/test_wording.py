from __future__ import annotations

import pytest

from reports.view.wording import counted, percent, signed


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0, "0%"), (0.001, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.5, "50%"), (0.996, ">99%"), (1, "100%")],
)
def test_a_probability_is_never_rounded_into_certainty(probability, words):
    assert percent(probability) == words


@pytest.mark.parametrize(("mean", "words"), [(0.456, "+0.46"), (-0.3, "−0.30"), (0.001, "0.00"), (-0.001, "0.00")])
def test_means_carry_their_sign(mean, words):
    assert signed(mean) == words


def test_nouns_agree_with_numbers():
    assert (counted(1, "sentence"), counted(1200, "sentence")) == ("1 sentence", "1,200 sentences")
