"""Interviews whose turns nothing marks but that one paragraph asks and the next answers."""

from __future__ import annotations

from tests.attribute.conftest import HEADLINE

INTERVIEW = """Ana Ruiz swam before she walked. Now 41, she teaches in the old lido, where we met.

How did you begin?

By falling in. I was four. My uncle said, “The water does not check your age,” and let me go.

The river took your brother. Do you still get scared?

Every time. Then I get in.

I think of him, and I count.

What would you tell a child?

That nobody drowns of being careful, if you ask me.

The next course starts on 4 May."""


def voices(attribute, text: str) -> dict[str, str]:
    article = attribute(HEADLINE + text)
    return {article.text_of(each): article.speaker_of(each).name for each in article.sentences if each.kind == "body"}


def test_answers_are_whose_interview_it_is(attribute):
    found = voices(attribute, INTERVIEW)
    assert {name for sentence, name in found.items() if sentence[-1] == "?"} == {"author"}
    assert found["By falling in."] == found["Every time."] == found["I think of him, and I count."] == "Ana Ruiz"
    assert found["My uncle said, “The water does not check your age,” and let me go."] == "Ana Ruiz"
    assert found["Ana Ruiz swam before she walked."] == found["The next course starts on 4 May."] == "author"


def test_questions_that_nobody_answers_as_i_are_no_interview(attribute):
    text = INTERVIEW.replace(" I ", " they ").replace("My", "Their").replace(" me", " them")
    assert set(voices(attribute, text).values()) <= {"author", "uncle"}


def test_a_letter_stuck_to_the_question_is_a_mark_too(attribute):
    text = "Ana Ruiz swam early. We met.\n\nQLast year you fell. Why?\n\nA: I was tired.\n\nQAnd now?\n\nA: I am not."
    assert voices(attribute, text)["A: I was tired."] == "Ana Ruiz"
