"""An annotator at work, in a real browser on a real server: log in, see, correct by keyboard, go on; then pull."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from annotation.door.accounts import label_link
from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.push.push import push
from annotation.queue.sample import queue
from pipeline.config import Config
from pipeline.records import Article, Span
from tests.annotation.made import SPEAKERS, article, speaker, write_run
from tests.browser.labelling import (
    CONTRAST,
    DECISIONS_BELOW,
    OVERFLOW,
    ROOM_FOR_SENTENCE,
    SHOWN,
    SLOW,
    Sitting,
    Work,
    chosen,
    press,
    submit,
)
from tests.reports.hostile import PAYLOADS

pytestmark = pytest.mark.browser
_NUMBER = count(1)
PROPOSITIONS = [{"name": name, "kind": "proposition"} for name in ("the toll", "$sentence")]
LONG = " ".join(["a clause of a sentence that would not end, 🙂"] * 110)


@pytest.fixture
def work(studio, tmp_path) -> Callable[..., Work]:
    """Pushes articles to a project of their own, and makes an account for somebody to label them."""

    def make(articles: list[Article], **annotation: object) -> Work:
        settings = {"sentences": "all", "blind_share": 0.0, **annotation}
        config = Config.model_validate({"prelabel": {"targets": PROPOSITIONS}, "annotation": settings})
        run = write_run(tmp_path / f"run{next(_NUMBER)}", [articles], config)
        name = f"browser {os.getpid()}-{next(_NUMBER)}"
        calls = Calls(connect(studio.server), studio.server)
        done = push(run, name, config, calls)
        person = studio.annotator()
        return Work(run, name, calls, label_link(studio.server, done.project_id), person.email, person.password)

    return make


@pytest.fixture
def sit(chromium: Browser) -> Iterator[Callable[..., Sitting]]:
    """A browser window of this size."""
    contexts = []

    def down(width: int = 1440, height: int = 900) -> Sitting:
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        sitting = Sitting(context, context.new_page())
        sitting.page.on("pageerror", lambda error: sitting.events.append(f"error: {error}"))
        sitting.page.on("popup", lambda popup: sitting.events.append(f"popup: {popup.url}"))
        sitting.page.on("dialog", lambda dialog: (sitting.events.append(dialog.message), dialog.dismiss()))
        return sitting

    yield down
    for context in contexts:
        context.close()


def arms(config: Config, whole: Article, path: Path) -> list[str]:
    return [one.arm for one in queue(write_run(path, [[whole]], config), config)]


def seed_with(wanted: list[str], tmp_path: Path) -> int:
    """The first seed that gives the sentences of the made article these arms."""
    for seed in range(200):
        settings = {"sentences": "all", "blind_share": 0.4, "seed": seed}
        if arms(Config.model_validate({"annotation": settings}), article(), tmp_path / f"seed{seed}") == wanted:
            return seed
    raise AssertionError(wanted)


def test_what_an_annotator_corrects_is_in_the_table(work, sit, tmp_path):
    seed = seed_with(["shown", "shown", "blind", "shown"], tmp_path)
    mine = work([article()], blind_share=0.4, seed=seed)
    page = sit().open(mine)

    expect(page.locator(".or-sentence")).to_contain_text("We will not pay")
    assert chosen(page)[:4] == [["Ann Lee"], [], ["against"], ["negative"]]
    press(page, "2 q")
    assert chosen(page)[:4] == [["Bo Lee"], [], ["favor"], ["negative"]]
    submit(page, "sentence 3 of 5")

    press(page, "1 9 x Tab")
    page.keyboard.type("Zoë D’Árc 😀")
    press(page, "Enter 0 Tab")
    page.keyboard.type("9 of 10, I think")
    press(page, "Enter z z")
    submit(page, "sentence 4 of 5")

    hidden = "__not_asked__"
    assert chosen(page) == [[], [], [], [], [], [hidden], [hidden], [hidden]]
    submit(page, None)
    expect(page.get_by_text("Choose who says it")).to_be_visible()
    press(page, "Escape 8 w s t")
    submit(page, "sentence 5 of 5")
    submit(page, None)
    expect(page.locator(".or-page")).to_have_count(0, timeout=SLOW)

    rows = mine.answers()
    found = {(row["sentence_id"], row["question"], row["target"]): row for row in rows}
    assert len(rows) == len(found) == 16
    first, stance = found["d:s1", "speaker", None], found["d:s1", "stance", "Ann Lee"]
    assert (first["label"], first["speaker_id"], first["shown_label"], first["origin"]) == (
        "Bo Lee", "d:bo", "Ann Lee", "changed",
    )  # fmt: skip
    assert (stance["label"], stance["shown_label"], stance["origin"]) == ("favor", "against", "changed")
    assert found["d:s1", "sentiment", "Ann Lee"]["origin"] == "accepted"
    second = found["d:s2", "speaker", None]
    assert (second["label"], second["speaker_id"], list(second["flags"])) == ("Zoë D’Árc 😀", None, ["sarcasm"])
    assert second["comment"] == "9 of 10, I think"
    blind = [row for row in rows if row["sentence_id"] == "d:s3"]
    assert {(row["arm"], row["shown_label"], row["model_shown"], row["origin"]) for row in blind} == {
        ("blind", None, None, "manual")
    }
    assert {row["question"]: row["label"] for row in blind if row["target"] != "the toll"} == {
        "speaker": "author", "stance": "neutral", "sentiment": "neutral",
    }  # fmt: skip
    assert {row["origin"] for row in rows if row["sentence_id"] == "d:s4"} == {"accepted"}
    assert all(row["seconds"] > 0 for row in rows)


def three_targets() -> Article:
    """The made article, asked about three names."""
    base = article(title="Two Lees clash over harbour", source="Gazette", date="2026-01-02")
    more = tuple(
        replace(one, target=name)
        for one in base.predictions or ()
        if one.target == "Ann Lee"
        for name in ("Ann Lee", "NATO", "Bo Lee")
    )
    return replace(base, predictions=more)


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


def hostile() -> Article:
    """The made article with hostile speakers, targets, title, outlet and text, one of its sentences very long."""
    people = (
        *SPEAKERS[:3],
        speaker(
            "bo", "".join(PAYLOADS).encode("utf-8", "replace").decode()[:400], titles=("<script>pwned()</script>",)
        ),
        speaker("ann", "A$AP $sentence <img src=x onerror=pwned()>", mentions=2, titles=("الشيخ", "😀")),
    )
    base = article(people, title="<script>window.__pwned=1</script> $sentence", source="<b>$title</b>")
    said = [payload.encode("utf-8", "replace").decode() for payload in PAYLOADS]
    parts = [
        said[0],
        " ".join(said),
        "الشيخ عبد الله قال \u202eكلمة\u202c <iframe src=javascript:pwned()></iframe>",
        LONG,
        "e\u0301",
    ]
    text, spans = "", []
    for part in parts:
        spans.append(Span(len(text), len(text) + len(part)))
        text += part + "\n"
    sentences = tuple(replace(one, span=span) for one, span in zip(base.sentences or (), spans, strict=True))
    names = {"Ann Lee": "<svg onload=pwned()>$title", "the toll": "$sentence"}
    predictions = tuple(replace(one, target=names[one.target]) for one in base.predictions or ())
    attributions = tuple(replace(one, content=(Span(0, 1),)) for one in base.attributions or ())
    return replace(
        base, document=replace(base.document, text=text), sentences=sentences, predictions=predictions,
        attributions=attributions,
    )  # fmt: skip


def test_hostile_text_is_shown_as_it_is_and_runs_nothing(work, sit):
    whole = hostile()
    mine = work([whole])
    sitting = sit(1280, 720)
    elsewhere: list[str] = []
    page = sitting.page
    page.on("request", lambda request: elsewhere.append(request.url) if mine.link[:22] not in request.url else None)
    sitting.open(mine)
    for number in (1, 2, 3, 4):
        shown = page.locator(".or-sentence .lsf-richtext__container").inner_text()
        exact = whole.text_of((whole.sentences or ())[number]).replace("\0", "␀")
        assert "".join(shown.split()) == "".join(exact.split())
        assert page.locator(".or-toward h4").nth(1).inner_text() == "<svg onload=pwned()>$title"
        assert page.locator(".or-toward h4").nth(3).inner_text() == "$sentence"
        assert page.locator(".or-read h3").inner_text() == "<script>window.__pwned=1</script> $sentence"
        assert chosen(page)[0] != []
        assert (
            page.evaluate("document.querySelectorAll('.or-page :is(script,iframe,img,svg,form[action],a)').length") == 0
        )
        assert page.evaluate(OVERFLOW)["wide"] <= 0
        assert page.evaluate(ROOM_FOR_SENTENCE) > 200, "what is judged is seen without scrolling"
        submit(page, f"sentence {number + 2} of 5" if number < 4 else None)
    expect(page.locator(".or-page")).to_have_count(0, timeout=SLOW)
    assert page.evaluate("window.__pwned") is None
    assert sitting.events == []
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []
    rows = mine.answers()
    assert {row["target"] for row in rows} == {None, "<svg onload=pwned()>$title", "$sentence"}
    assert {row["origin"] for row in rows} == {"accepted"}
    assert "A$AP $sentence <img src=x onerror=pwned()>" in {row["label"] for row in rows}


def test_the_guide_is_there_to_be_read_again(work, sit, root):
    page = sit().open(work([article()], codebook=root / "seeds" / "codebook.md"))
    page.get_by_role("button", name="Instructions").click()
    expect(page.locator(".or-guide")).to_contain_text("Who says it?")
    assert page.locator(".or-guide table").count() == 4
    page.keyboard.press("Escape")
    expect(page.locator(".or-guide")).to_be_hidden()
    press(page, "q")
    assert chosen(page)[2] == ["favor"]


def test_further_targets_come_on_a_page_of_their_own(work, sit):
    base = three_targets()
    fourth = tuple(replace(one, target="UN") for one in base.predictions or () if one.target == "Ann Lee")
    mine = work([replace(base, predictions=(*(base.predictions or ()), *fourth))])
    page = sit().open(mine)
    expect(page.locator(".or-target:visible")).to_have_count(3)
    page.keyboard.press("Space")
    expect(page.locator(".or-target:visible")).to_have_count(1, timeout=SLOW)
    expect(page.locator(".or-speakers")).to_be_hidden()
    page.wait_for_timeout(250)
    press(page, "q")
    submit(page, "sentence 3 of 5")
    rows = mine.answers()
    assert {row["target"]: row["label"] for row in rows if row["question"] == "stance"} == {
        "Ann Lee": "against", "NATO": "against", "Bo Lee": "against", "UN": "favor",
    }  # fmt: skip
    assert [row["label"] for row in rows if row["question"] == "speaker"] == ["Ann Lee"]
