"""An annotator at work, in a real browser on a real server: log in, see, correct by keyboard, go on; then pull."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotation.kept.state import pushed_state
from annotation.page.convert import under
from annotation.queue.sample import queue
from pipeline.config import Config
from pipeline.records import Article
from tests.annotation.made import SPEAKERS, article, saying, speaker, three_targets, write_run
from tests.annotation.test_tasks import READ
from tests.browser.labelling import (
    OVERFLOW,
    ROOM_FOR_SENTENCE,
    SLOW,
    chosen,
    press,
    submit,
)
from tests.reports.hostile import PAYLOADS

pytestmark = pytest.mark.browser


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
    long = " ".join(["a clause of a sentence that would not end, 🙂"] * 110)
    parts = [
        said[0],
        " ".join(said),
        "الشيخ عبد الله قال \u202eكلمة\u202c <iframe src=javascript:pwned()></iframe>",
        long,
        "e\u0301",
    ]
    names = {"Ann Lee": "<svg onload=pwned()>$title", "the toll": "$sentence"}
    predictions = tuple(replace(one, target=names[one.target]) for one in base.predictions or ())
    return replace(saying(base, parts), predictions=predictions)


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
        read = whole.text_of((whole.sentences or ())[number]).translate(READ)
        assert "".join(shown.split()) == "".join(read.split())
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


def test_somebody_new_sees_the_sentence_and_space_submits_only_what_is_seen(work, sit, root):
    """A dialog over the page would keep no key from it: Space behind it would submit labels that nobody has read."""
    mine = work([article()], codebook=root / "seeds" / "codebook.md")
    page = sit().open(mine)
    expect(page.locator(".or-guide, .lsf-modal-ls_visible")).to_have_count(0)
    expect(page.locator(".or-sentence")).to_contain_text("We will not pay")
    expect(page.locator(".or-about")).to_contain_text("sentence 2 of 5")
    submit(page, "sentence 3 of 5")
    expect(page.locator(".or-guide, .lsf-modal-ls_visible")).to_have_count(0)
    assert {row["sentence_id"] for row in mine.answers()} == {"d:s1"}


def test_the_guide_is_there_to_be_read(work, sit, root):
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
    expect(page.locator(".or-about")).to_contain_text("further targets")
    assert page.evaluate("getComputedStyle(document.querySelector('.or-notes')).borderTopWidth") == "0px"
    page.wait_for_timeout(250)
    press(page, "q")
    submit(page, "sentence 3 of 5")
    rows = mine.answers()
    assert {row["target"]: row["label"] for row in rows if row["question"] == "stance"} == {
        "Ann Lee": "against", "NATO": "against", "Bo Lee": "against", "UN": "favor",
    }  # fmt: skip
    assert [row["label"] for row in rows if row["question"] == "speaker"] == ["Ann Lee"]


def test_labels_of_an_earlier_model_sent_again_are_chosen_like_any(work, sit):
    mine = work([article()])
    project = pushed_state(mine.run, None).pushed()
    for each in mine.calls.predictions(project.project_id):
        earlier = under({**each, "model_version": "earlier@1"}, str(project.model_version))
        body = {"result": earlier["result"]}
        mine.calls.read("change a pre-label", "PATCH", f"api/predictions/{each['id']}/", body=body)
    page = sit().open(mine)
    assert chosen(page)[:4] == [["Ann Lee"], [], ["against"], ["negative"]]
    press(page, "q")
    submit(page, "sentence 3 of 5")
    rows = {(row["question"], row["target"]): row for row in mine.answers()}
    assert {row["model_shown"] for row in rows.values()} == {"earlier@1"}
    assert rows["stance", "Ann Lee"]["origin"] == "changed"
    assert rows["sentiment", "Ann Lee"]["origin"] == "accepted"
