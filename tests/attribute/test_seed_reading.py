from __future__ import annotations

from tests.attribute.seed_reading import READING


def test_a_careful_reader_would_agree_in_22_sentences_of_23(attribute, seed):
    article = attribute(seed, "seed")
    found = [article.speaker_of(sentence).name for sentence in article.sentences]
    assert len(found) == len(READING) == 23
    wrong = [
        (at, name, wanted) for at, (name, wanted) in enumerate(zip(found, READING, strict=True)) if name not in wanted
    ]
    assert len(wrong) <= 1, wrong


def test_and_would_say_the_same_first_in_19(attribute, seed):
    article = attribute(seed, "seed")
    found = [article.speaker_of(sentence).name for sentence in article.sentences]
    assert sum(name == first for name, (first, *_) in zip(found, READING, strict=True)) >= 19
