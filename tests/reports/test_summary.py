from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.labels import DEFAULT_SCHEME, STANCE, Label, LabelScheme, Question
from pipeline.records import Prediction
from reports.view.summary import neutral_label, position, question_of, summarise
from tests.reports.demo import AUTHOR_ID, unmentioned


def part(summary, name):
    return next(p for p in summary.parts if p.speaker.name == name)


def test_speakers_come_in_the_order_of_the_text_and_the_author_last(demo):
    parts = summarise(demo, DEFAULT_SCHEME).parts
    assert [p.speaker.name for p in parts] == [
        "Bill Nelson", "White House officials", "US, European and Russian officials", "John Kirby",
        "Department of Defense", "Dmitry Peskov", "author",
    ]  # fmt: skip
    assert [p.place for p in parts] == [0, 1, 2, 3, 4, 5, None]


def test_only_body_sentences_are_counted(demo):
    parts = summarise(demo, DEFAULT_SCHEME).parts
    assert [p.sentences for p in parts] == [1, 1, 1, 1, 1, 1, 15]


def test_a_stand_gives_counts_and_the_mean_of_the_probabilities(demo):
    nelson = part(summarise(demo, DEFAULT_SCHEME), "Bill Nelson")
    musk = next(s for s in nelson.stands if s.target == "Elon Musk")
    stance, sentiment = musk.tallies
    assert stance.counts == (("favor", 0), ("neutral", 0), ("against", 1))
    assert stance.mean == pytest.approx(0.11 - 0.58)
    assert sentiment.mean == pytest.approx(0.05 - 0.62)
    assert (stance.total, stance.taken, musk.taken) == (1, 1, True)


def test_a_mean_is_taken_over_all_of_a_speakers_sentences(demo):
    author = part(summarise(demo, DEFAULT_SCHEME), "author")
    tally = next(s for s in author.stands if s.target == "Vladimir Putin").tallies[0]
    assert tally.total == 15
    assert tally.mean == pytest.approx((13 * -0.01 + (0.05 - 0.55) + (0.04 - 0.66)) / 15)


def test_lines_join_every_layer(demo):
    line = summarise(demo, DEFAULT_SCHEME).lines[4]
    assert line.number == 5
    assert line.speaker.name == "Bill Nelson"
    assert line.attribution.rule == "quote-cue-subject"
    assert len(line.predictions) == 6


def test_whoever_speaks_only_within_anothers_sentence_has_a_part_of_none(demo):
    voices = tuple(replace(v, speaker_id=AUTHOR_ID) for v in demo.voices)
    nelson = part(summarise(replace(demo, voices=voices), DEFAULT_SCHEME), "Bill Nelson")
    assert (nelson.sentences, nelson.stands) == (0, ())


def test_layers_that_are_missing_leave_their_parts_empty(demo):
    bare = replace(demo, speakers=None, attributions=None, voices=None)
    summary = summarise(bare, DEFAULT_SCHEME)
    assert [p.speaker for p in summary.parts] == [None]
    assert summary.parts[0].sentences == 21
    assert summarise(replace(bare, sentences=None, predictions=None), DEFAULT_SCHEME).parts == ()


def test_a_scale_runs_from_plus_one_to_minus_one():
    five = Question(name="q", instruction="", labels=tuple(Label(name=n) for n in "abcde"), level="ordinal")
    assert [position(five, label) for label in "abcde"] == [1, 0.5, 0, -0.5, -1]
    assert neutral_label(five) == "c"
    assert position(five, "elsewhere") is None


def test_labels_without_an_order_have_no_mean(demo):
    nominal = LabelScheme(questions=(replace(STANCE, level="nominal"),))
    tally = part(summarise(demo, nominal), "Bill Nelson").stands[0].tallies[0]
    assert tally.mean is None
    assert neutral_label(nominal.questions[0]) == "neutral"


def test_a_question_the_scheme_does_not_know_is_read_off_the_prediction():
    asked = Prediction(sentence_id="s", target="t", question="frame", label="x", scores={"x": 0.7, "y": 0.3}, model="m")
    question = question_of(DEFAULT_SCHEME, asked)
    assert (question.label_names, question.level) == (("x", "y"), "nominal")


def test_a_target_is_mentioned_where_the_model_was_asked_of_any_sentence(demo):
    stands = part(summarise(unmentioned(demo, "NASA"), DEFAULT_SCHEME), "author").stands
    assert {stand.target: stand.mentioned for stand in stands} == {
        "Elon Musk": True, "Vladimir Putin": True, "NASA": False,
    }  # fmt: skip
