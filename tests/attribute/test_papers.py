"""Whose a statement, a letter or a tweet is that is said to say something."""

from __future__ import annotations

import pytest

_BEFORE = (
    "Marta Lind resigned as leader of the council on Monday after a week of protests. “I am done,” she told reporters."
    "\n\n"
)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Her letter said that the city was safe.", "Marta Lind"),
        ("“The city is safe,” her letter said.", "Marta Lind"),
        ("According to Lind's statement, the city is safe.", "Marta Lind"),
        ("The memo, written by Olaf Berg, said that the city was safe.", "Olaf Berg"),
        ("A letter from Olaf Berg warned that the city was not safe.", "Olaf Berg"),
        ("Olaf Berg sent a letter to the press. “The city is safe,” the letter said.", "Olaf Berg"),
        ("Olaf Berg said in a statement that he was sorry. “The city is safe,” the statement added.", "Olaf Berg"),
        ("Monday's statement said that the city was safe.", "Monday's statement"),
        ("The report said that the city was safe.", "report"),
        (
            "Lind left a letter behind. According to a transcript of the show, the city was safe.",
            "transcript of the show",
        ),
    ],
)
def test_who_wrote_it_speaks(attribute, words, who):
    article = attribute(f"News.\n\n{_BEFORE}{words}")
    found = next(each for each in article.attributions if any("safe" in article.text_of(at) for at in each.content))
    assert article.speaker(found.speaker_id).name == who


@pytest.mark.parametrize(
    "lead",
    [
        "Transcript as follows:",
        "Read the full statement below:",
        "The full text of the letter:",
        "Statement follows:",
        "Her resignation letter reads:",
        "Lind's statement in full:",
    ],
)
def test_a_text_in_full_is_of_whoever_spoke_before_it(speaker_of, lead):
    body = f"{_BEFORE}{lead}\n\n“It has been an honour to serve this city. I wish my successor well.”\n\nRain fell."
    assert speaker_of(body, "an honour") == speaker_of(body, "my successor") == "Marta Lind"


def test_the_mention_stays_what_the_text_says(attribute):
    article = attribute(f"News.\n\n{_BEFORE}Her letter said that the city was safe.")
    found = article.attributions[-1]
    assert article.text_of(found.source) == "Her letter"
    who = article.speaker(found.speaker_id)
    assert found.source not in [mention.span for mention in who.mentions]
