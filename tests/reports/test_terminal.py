from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from pipeline.errors import InputError
from pipeline.labels import DEFAULT_SCHEME
from reports.view.terminal import article_view, why
from tests.reports.demo import unmentioned, with_text
from tests.reports.hostile import hostile_article


def printed(renderable, width=100, colour=False):
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None).print(
        renderable
    )
    return out.getvalue()


def told(renderable, width=100):
    return " ".join(printed(renderable, width).split())


def test_without_colour_the_gutter_names_every_speaker(demo):
    lines = printed(article_view(demo, DEFAULT_SCHEME, 100)).splitlines()
    nelson = next(line for line in lines if "expressing his concerns" in line)
    assert nelson.startswith("           Bill Nelson 5 Nelson")
    assert "\x1b" not in "".join(lines)


def test_stances_and_the_table_are_words(demo):
    shown = told(article_view(demo, DEFAULT_SCHEME, 100))
    assert "[Vladimir Putin ▲ favor 71%, ▲ positive 66%]" in shown
    assert "perhaps John Kirby" in shown
    assert "8 neutral, 7 against −0.30" in shown
    assert "a model’s guesses, not human judgements" in shown


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 200])
def test_no_line_is_wider_than_asked(demo, width):
    lines = printed(article_view(demo, DEFAULT_SCHEME, width), width=max(width, 20)).splitlines()
    assert max(map(len, lines)) <= width


def test_colours_tell_speakers_apart(demo):
    shown = printed(article_view(demo, DEFAULT_SCHEME, 100), colour=True)
    assert "\x1b[1;34mBill Nelson" in shown
    assert "\x1b[1;31mWhite House officials" in shown


def test_hostile_words_stay_words():
    for renderable in (
        article_view(hostile_article(), DEFAULT_SCHEME, 100),
        why(hostile_article(), 3),
    ):
        shown = printed(renderable)
        assert not set("\x00\x07\x1b\x7f\x9b\u202e\u2066\u200f\ud800") & set(shown)
    shown = told(article_view(hostile_article(), DEFAULT_SCHEME, 100))
    assert "[red]markup[/red] [link=http://evil.test]x[/link] :smile:" in shown


def test_a_title_that_is_the_headline_is_told_once(demo):
    title = "NASA administrator advocates for probe into allegation of frequent conversations between Musk and Putin"
    for shown_title, times in ((title, 1), ("Another title", 2)):
        article = replace(demo, document=replace(demo.document, title=shown_title))
        shown = told(article_view(article, DEFAULT_SCHEME, 100))
        assert shown.count("NASA administrator") + shown.count("Another title") == times


def test_what_is_missing_is_said(demo):
    bare = replace(demo, sentences=None, voices=None, predictions=None)
    shown = told(article_view(bare, DEFAULT_SCHEME, 100))
    assert "has not been split into sentences" in shown
    assert "ought to be scrutinized" in shown
    assert "have not been computed" in shown


def test_why_says_why(demo):
    shown = told(why(demo, 8))
    for words in (
        "Spoken by US, European and Russian officials, group (55% sure).",
        "Rule: noun-cue.",
        "Cue: “provided by”.",
        "Nearly chosen instead: White House officials.",
        "Judged on the words said",
        "favor 8%, neutral 83%, against 9%",
    ):
        assert words in shown


def test_why_takes_a_number_or_an_id(demo):
    assert told(why(demo, 5)) == told(why(demo, "seed:s4"))


def test_why_of_the_authors_own_words(demo):
    assert "Spoken by the article: nobody else is said to have said it" in told(why(demo, 3))
    assert "Nobody has worked out yet" in told(why(replace(demo, voices=None), 3))


def test_a_sentence_that_is_not_there_is_an_error_with_a_fix():
    with pytest.raises(InputError, match="no sentence 9") as caught:
        why(with_text("Rain is due."), 9)
    assert "from 1 to 1" in caught.value.fix


def test_a_label_by_rule_gives_the_rule_and_no_probability(demo):
    ruled = unmentioned(demo, "NASA")
    shown = told(why(ruled, 5))
    assert "NASA stance neutral by rule: target not mentioned" in shown
    assert "0%" not in shown
    assert "does not mention a target it is neutral by rule" in shown
    assert "by rule" not in told(why(demo, 5))
    assert "NASA not mentioned" in told(article_view(ruled, DEFAULT_SCHEME, 100))
