"""The labelling page as it looks and is read, in a real browser on a real server: sizes, order, keys, choices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from pipeline.labels import SENTIMENT, STANCE
from tests.annotation.made import SPEAKERS, article, saying, speaker, three_targets
from tests.browser.labelling import (
    BAR,
    CONTRAST,
    DECISIONS_BELOW,
    LOOKS,
    OVERFLOW,
    PLACE_OF,
    ROOM_FOR_SENTENCE,
    SHOWN,
    chosen,
    press,
    submit,
)

pytestmark = pytest.mark.browser


def test_every_key_on_the_page_chooses_what_it_stands_beside(work, sit):
    page = sit().open(work([three_targets()]))
    seen = {}
    for label in page.evaluate(SHOWN):
        key, name = label.split("\n", 1)
        before = chosen(page)
        page.keyboard.press(key.lower())
        page.wait_for_timeout(40)
        changed = [place for place, (old, new) in enumerate(zip(before, chosen(page), strict=True)) if old != new]
        assert len(changed) == 1, label
        seen[key] = (changed[0], name)
    assert len(seen) == 5 + 3 + 18


def test_three_targets_fit_the_window_and_can_be_read(work, sit):
    crowd = tuple(
        speaker(f"p{n}", f"Someone with Number {n}", mentions=3, titles=("a title of some length", "and another"))
        for n in range(9)
    )
    page = sit().open(work([replace(three_targets(), speakers=(*SPEAKERS, *crowd))]))
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_timeout(600)
    assert page.evaluate(DECISIONS_BELOW) <= 0
    press(page, "9 c")
    page.mouse.move(5, 5)
    for width, height, look in ((1440, 900, "light"), (1280, 720, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("look => document.documentElement.setAttribute('data-color-scheme', look)", look)
        page.wait_for_timeout(600)
        room = page.evaluate(OVERFLOW)
        assert room["wide"] <= 0
        assert room["low"] <= 0, (width, room)
        assert page.evaluate(CONTRAST) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(253, 253, 252)"


def test_no_decision_hides_below_a_small_window(work, sit):
    """A small screen, and an ordinary one at 150 %: what is chosen already must be seen before Space accepts it."""
    crowd = tuple(speaker(f"p{n}", f"Someone with Number {n}", mentions=3) for n in range(9))
    base = article()
    page = sit().open(work([replace(base, speakers=(*SPEAKERS, *crowd))]))
    for width, height in ((1024, 768), (960, 600)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        assert page.evaluate(DECISIONS_BELOW) <= 0, (width, height)
    page.set_viewport_size({"width": 700, "height": 600})
    page.wait_for_function("document.querySelector('.or-page').clientWidth > 600")


def test_a_sentence_longer_than_the_window_is_read_by_keyboard(work, sit):
    """With nothing in focus, as an annotator sits who only presses keys; the decisions stay in sight."""
    long = " ".join(["a clause of a sentence that would not end"] * 110)
    page = sit(1280, 720).open(work([saying(article(), ["A headline", f"{long} here", "A lie.", "A year.", "Never."])]))
    page.keyboard.press("End")
    page.wait_for_function(f"() => ({PLACE_OF})('.or-context:last-child', 'A year.').bottom < {BAR}")
    assert page.evaluate(DECISIONS_BELOW) <= 0
    assert page.evaluate(f"({PLACE_OF})('.or-stand', 'Toward').top > 0")
    submit(page, "sentence 3 of 5")
    assert page.evaluate("scrollY") == 0
    assert page.evaluate(ROOM_FOR_SENTENCE) > 200, "what comes before it is scrolled to its end"
    press(page, "- Tab Home")
    page.wait_for_function(f"() => ({PLACE_OF})('.or-context', 'a clause').top > 0")
    press(page, "q")
    assert chosen(page)[2] == ["favor"]


def test_words_stand_in_the_order_of_their_letters(work, sit):
    hebrew = "השר אמר כי NATO תחליט"
    turned = "one \u202etwo three\u202c four \u2067five six 5 - 10 \u202bseven"
    page = sit(1280, 720).open(work([saying(article(), ["A headline", hebrew, turned, "eight", "nine"])]))
    order = page.evaluate(f"['השר', 'NATO', 'תחליט'].map(word => ({PLACE_OF})('.or-sentence', word).left)")
    assert order == sorted(order, reverse=True), "a right-to-left sentence is read from the right"
    submit(page, "sentence 3 of 5")
    words = ["one", "two", "thr", "ee", "four", "five", "six", "5 ", "10", "seven"]
    order = page.evaluate(f"{words}.map(word => ({PLACE_OF})('.or-sentence', word).left)")
    assert order == sorted(order)


def test_a_name_that_is_missing_is_where_tab_leads(work, sit):
    page = sit().open(work([article()]))
    press(page, "9 Space")
    expect(page.get_by_text("There is no name yet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("There is no name yet")).to_be_hidden()
    page.wait_for_timeout(250)
    press(page, "q Tab")
    page.keyboard.type("Zoë")
    press(page, "Enter")
    expect(page.locator(".or-speakers")).to_contain_text("Zoë")
    assert chosen(page)[2] == ["favor"], "the other keys go on choosing"
    submit(page, "sentence 3 of 5")


def test_what_one_chose_looks_otherwise_than_what_was_chosen_already(work, sit):
    page = sit().open(work([article()]))
    given = page.evaluate(LOOKS)
    press(page, "2 q")
    assert [chosen(page)[place] for place in (0, 2, 3)] == [["Bo Lee"], ["favor"], ["negative"]]
    page.mouse.move(5, 5)
    own = page.evaluate(LOOKS)
    assert len(set(given)) == 1
    assert len({own[0], own[1], given[0]}) == 2, "the speaker and the stance look alike, and new"
    assert own[2:] == given[2:]
    assert page.evaluate(CONTRAST) == []
    submit(page, "sentence 3 of 5")
    assert page.evaluate(LOOKS) == given


def test_the_page_says_what_is_asked_and_not_what_is_not(work, sit):
    base = article()
    claims = tuple(one for one in base.predictions or () if one.target == "the toll" or one.sentence_id == "d:s1")
    page = sit().open(work([replace(base, predictions=claims)]))
    stance, sentiment = STANCE.instruction, SENTIMENT.instruction
    asked = page.locator(".or-ask h4:nth-child(2):visible")
    assert asked.all_inner_texts() == [stance, sentiment]
    submit(page, "sentence 3 of 5")
    assert asked.all_inner_texts() == [stance]
