"""The tables of `pipeline.attribute.confidence`, fitted again: ``make bench DATA=...`` prints them."""

from __future__ import annotations

import pytest

from pipeline.attribute.confidence import VOICE
from pipeline.train.confidence import fit_confidence
from tests.bench.test_main_job import say

pytestmark = pytest.mark.bench


def test_the_shipped_voices_are_what_the_judgements_say(data, root):
    fitted = fit_confidence(data / "sentiment/newsmtsc.train.jsonl", root / "tests/attribute/judged.jsonl")
    say("judgements used: attributions, voices", f"{fitted.attributions}, {fitted.voices}")
    for table in (fitted.attribution, fitted.voice):
        for name, coefficient in table.items():
            say(name, f"{coefficient:+.2f}")
    assert fitted.voice.keys() == VOICE.keys()
    assert all(abs(fitted.voice[name] - VOICE[name]) < 0.3 for name in VOICE)
