"""A queue that was sent, and what the run and the settings have become since: chances stay right, changes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.door.remote import Remote, Task
from annotation.page.controls import wording
from annotation.push.merge import merge
from annotation.push.unapplied import Left, unapplied
from annotation.push.words import Wording, named, tell_gone
from annotation.queue.sample import queue_of
from pipeline.config import Config
from tests.annotation.made import frame


def drawn(units, **annotation):
    return queue_of(lambda: units, Config.model_validate({"annotation": annotation}), Path("run"))


def estimate(rows) -> float:
    """How many sentences the frame has, as the queue tells (Horvitz and Thompson)."""
    return sum(1 / row["inclusion_probability"] for row in rows)


def test_articles_that_were_added_do_not_change_the_chances_of_those_that_were_there():
    """Of 60 sentences, then of 120, forty are drawn: those that the first draw alone took keep the chance it gave."""
    before, of_the_first, of_the_others = frame(120), 0.0, 0.0
    seeds = 300
    for seed in range(seeds):
        first = merge((), drawn(before[:60], sentences="random", size=40, seed=seed))
        rows = merge(first.rows.values(), drawn(before, sentences="random", size=40, seed=seed)).rows.values()
        old = {unit.sentence_id for unit in before[:60]}
        of_the_first += estimate(row for row in rows if row["sentence_id"] in old) / seeds
        of_the_others += estimate(row for row in rows if row["sentence_id"] not in old) / seeds
    assert of_the_first == pytest.approx(60, abs=0.5)
    assert of_the_others == pytest.approx(60, abs=2.5)


def test_a_smaller_draw_takes_nothing_back_and_nobody_loses_a_chance():
    first = merge((), drawn(frame(60), sentences="random", size=30))
    again = merge(first.rows.values(), drawn(frame(60), sentences="random", size=10))
    assert {row["inclusion_probability"] for row in again.rows.values()} == {0.5}
    assert (len(again.rows), len(again.drawn), again.reweighed) == (30, 10, False)


def words(**read: str) -> dict[str, Wording]:
    return {name: Wording(words=wording(text), article=f"{name}.txt") for name, text in read.items()}


def task(number: int, text: str) -> Task:
    return Task(task_id=number, overlap=2, judged=False, wording=wording(text))


def test_an_item_is_known_by_its_words_however_often_they_change():
    (item,) = drawn(frame(1), sentences="all")
    name = item.sentence_id
    remote = Remote(tasks={name: task(1, "one")})
    rows = merge((), [item]).rows
    uids = []
    for text in ("one", "two", "one", "two", "three", "two"):
        now = words(**{name: text})
        (fitting,) = named([item], rows, remote, now)
        queue = merge(rows.values(), [fitting])
        tell_gone(queue, remote, now)
        assert list(queue.own()) == [fitting.uid]
        assert fitting.uid == name or fitting.uid.endswith(wording(text))
        remote.tasks.setdefault(fitting.uid, task(len(remote.tasks) + 1, text))
        rows = queue.rows
        uids.append(fitting.uid)
    assert uids[0] == uids[2]
    assert uids[1] == uids[3] == uids[5]
    assert len(rows) == len(set(uids)) == 3
    assert rows[name]["gone"] == f"{name}~{wording('one')}"


def test_what_was_never_sent_goes_out_in_the_words_that_the_run_has():
    (item,) = drawn(frame(1), sentences="all")
    first = merge((), [item])
    tell_gone(first, Remote(), words(**{item.sentence_id: "one"}))
    now = words(**{item.sentence_id: "two"})
    queue = merge(first.rows.values(), named([item], first.rows, Remote(), now))
    tell_gone(queue, Remote(), now)
    assert [(row["uid"], row["wording"], row["gone"]) for row in queue.rows.values()] == [
        (item.uid, wording("two"), None)
    ]


def test_an_item_of_an_article_that_is_gone_keeps_the_name_of_its_article():
    (item,) = drawn(frame(1), sentences="all")
    queue, remote = merge((), [item]), Remote(tasks={item.uid: task(1, "one")})
    tell_gone(queue, remote, words(**{item.sentence_id: "one"}))
    tell_gone(queue, remote, {})
    row = queue.rows[item.uid]
    assert (row["gone"], row["article"]) == (item.sentence_id, f"{item.sentence_id}.txt")
    assert not queue.reweighed, "its answers go by the id that they have"
    tell_gone(queue, remote, words(**{item.sentence_id: "two"}))
    assert queue.reweighed, "that id is another sentence's now"


def changed(left: Left, *, sent: int = 0, **annotation) -> list[tuple]:
    found = unapplied(Config(), Config.model_validate({"annotation": annotation}), left, sent=sent)
    return [(each.setting.removeprefix("annotation."), each.applies_to, each.tasks) for each in found]


NONE = Left(undrawn=0, rearmed=0, as_shown=0)
ALL = Left(undrawn=3, rearmed=4, as_shown=5)


@pytest.mark.parametrize(
    ("setting", "sent", "said"),
    [
        ({"blind_share": 0.5}, 0, ("blind_share", "new sentences only", 4)),
        ({"size": 4}, 0, ("size", "nothing", 3)),
        ({"sentences": "random"}, 2, ("sentences", "new sentences only", 3)),
        ({"seed": 7}, 2, ("seed", "new sentences only", 7)),
        ({"context_sentences": 0}, 0, ("context_sentences", "new sentences only", 5)),
        ({"annotators_per_item": 5}, 0, ("annotators_per_item", "what is drawn now", 3)),
    ],
)
def test_a_setting_that_what_was_sent_does_not_follow_is_named(setting, sent, said):
    assert changed(ALL, sent=sent, **setting) == [said]
    assert changed(NONE, sent=sent, **setting) == [], "nothing is said where nothing is left behind"


@pytest.mark.parametrize(
    "setting",
    [{}, {"repeat_share": 0.5}, {"gold_items": ["a"]}, {"codebook": "guide.md"}, {"pseudonyms": False}],
)
def test_of_settings_that_hold_for_all_or_only_add_nothing_is_said(setting):
    assert changed(ALL, **setting) == []


def test_a_larger_size_only_adds_and_a_smaller_one_takes_nothing_back():
    small, large = (Config.model_validate({"annotation": {"size": size}}) for size in (3, 5))
    assert unapplied(small, large, ALL, sent=2) == ()
    assert unapplied(small, Config(), ALL, sent=2) == ()
    (said,) = unapplied(large, small, ALL, sent=0)
    assert (said.setting, said.sent_under, said.now, said.applies_to) == ("annotation.size", 5, 3, "nothing")


def test_who_would_be_in_the_other_arm_is_counted():
    before = merge((), drawn(frame(40), sentences="all", blind_share=0.0))
    assert merge(before.rows.values(), drawn(frame(40), sentences="all", blind_share=0.0)).rearmed == 0
    items = drawn(frame(40), sentences="all", blind_share=0.5)
    now = merge(before.rows.values(), items)
    assert now.rearmed == sum(item.arm == "blind" for item in items) > 0
    assert {row["arm"] for row in now.rows.values()} == {"shown"}
