from __future__ import annotations

import pytest

from reports.view.wording import counted, percent, short_names, signed


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


def test_names_that_a_narrow_margin_would_cut_alike_lose_what_they_share():
    cars, coal = "the city should ban cars", "the city should ban coal fires"
    assert short_names([cars, coal, "Elon Musk"]) == {cars: "… cars", coal: "… coal fires", "Elon Musk": "Elon Musk"}


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["an investigation into the contacts"],
        ["Bank of Italy", "Bank of Spain"],  # short
        ["the Ministry of Education", "the national broadcaster"],  # one small word alike
        ["a tax on cars in towns", "a tax on coal in towns", "a ban on cars in towns", "a ban on coal in towns"],
    ],
)
def test_other_names_stay_as_they_are(names):
    assert short_names(names) == {name: name for name in names}


def test_a_name_that_another_goes_on_from_stays_whole():
    names = ["a ban on cars in the old town", "a ban on cars in the old town at night"]
    assert list(short_names(names).values()) == [names[0], "… at night"]
