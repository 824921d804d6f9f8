"""The seed article, as a careful reader attributes it."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="module")
def article(attribute, seed):
    return attribute(seed, "seed")


def _speaker(article, name):
    return next(speaker for speaker in article.speakers if speaker.name == name)


def _voice(article, words):
    sentence = next(s for s in article.sentences if words in article.text_of(s))
    return article.speaker_of(sentence)


def test_it_is_what_it_was(article, root):
    found = {
        "voices": [article.speaker_of(sentence).name for sentence in article.sentences],
        "attributions": [
            {
                "speaker": article.speaker(each.speaker_id).name,
                "content": [article.text_of(piece) for piece in each.content],
                "type": each.type,
                "force": each.force,
            }
            for each in article.attributions
            if each.force != "attitude"
        ],
    }
    assert found == json.loads((root / "tests/golden/seed_attribution.json").read_text(encoding="utf-8"))


def test_nelson_is_quoted_and_is_the_administrator_of_the_headline(article):
    nelson = _voice(article, "ought to be scrutinized")
    assert nelson.name == "Nelson"
    assert nelson.titles == ("NASA administrator",)
    (found,) = [each for each in article.attributions if each.speaker_id == nelson.speaker_id]
    assert found.type == "direct"


def test_kirby_speaks_for_the_white_house(article):
    kirby = _voice(article, "admitted to seeing the report")
    assert (kirby.name, kirby.speaks_for) == ("John Kirby", "White House")


def test_peskov_speaks_for_the_kremlin(article):
    peskov = _voice(article, "a single phone call")
    assert (peskov.name, peskov.speaks_for) == ("Dmitry Peskov", "Kremlin")


def test_the_pentagon_is_one_organisation(article):
    pentagon = _voice(article, "security clearance")
    assert {pentagon.name, *pentagon.aliases} == {"Department of Defense", "Defense Department", "Pentagon"}
    assert len(pentagon.mentions) == 3


def test_officials_are_groups(article):
    for words in ("claimed to be unaware", "Confirmation of these talks"):
        assert _voice(article, words).kind == "group"


def test_what_is_alleged_is_nobody_s_sentence(article):
    assert _voice(article, "Putin allegedly requested").name == "author"
    assert any(each.force == "hedged" and each.rule == "hedge" for each in article.attributions)


def test_silence_is_found(article):
    (found,) = [each for each in article.attributions if each.force == "no-comment"]
    assert article.speaker(found.speaker_id).name == "Elon Musk"


def test_those_named_most_are_candidates_for_targets(article):
    musk, putin = _speaker(article, "Elon Musk"), _speaker(article, "Putin")
    assert (musk.kind, putin.kind) == ("person", "person")
    assert len(musk.mentions) > len(putin.mentions) >= 5
    assert "Musk" in musk.aliases
