"""A queue that was sent, and what the run and the settings have become since: chances stay right."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.push.merge import merge
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
    assert (len(again.rows), again.reweighed) == (30, False)
