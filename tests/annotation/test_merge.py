"""A queue that was sent, and what the run and the settings have become since: chances stay right, changes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.door.remote import Remote, Task
from annotation.page.controls import wording
from annotation.push.merge import merge
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
