"""Whether the intervals hold what they promise, and what a million judgements cost: ``make bench`` prints it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from reports.judgements.reading import read_judgements
from reports.statistics import agreement
from reports.statistics.alternative import alternative_annotator_test
from reports.statistics.analysis import analyse
from reports.statistics.corrected import corrected_shares
from reports.statistics.intervals import Draws
from reports.statistics.ratings import ratings
from tests.bench import agreement_worlds as worlds

pytestmark = pytest.mark.bench

SIMULATIONS = 1500
KEYS = (
    "percent",
    "conger",
    "fleiss",
    "brennan_prediger",
    "ac1",
    "ac2",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
)
EPSILON = 0.15


def say(name, figure):
    print(f"\n{name:<60} {figure}  ({date.today()}, {platform.machine()}, {os.cpu_count()} cores)")


def _covers(estimate, truth):
    return estimate["low"] <= truth <= estimate["high"]


@pytest.mark.parametrize(
    ("articles", "world"),
    [
        (50, {}),
        (100, {}),
        (50, {"error": (0.5, 6)}),
        (50, {"error": (0.5, 6), "neutral": 2.5, "raters": 2}),
    ],
    ids=["50 articles", "100 articles", "50, high agreement", "50, high agreement, one label prevails, 2 annotators"],
)
def test_cluster_intervals_cover(articles, world, request):
    truth = agreement.point(worlds.annotated(np.random.default_rng(0), 100_000, **world), KEYS)
    random = np.random.default_rng(1)
    hits, naive = np.zeros(len(KEYS)), 0
    for seed in range(SIMULATIONS):
        ratings = worlds.annotated(random, articles, **world)
        found = agreement.measure(ratings, KEYS, Draws(resamples=600, seed=seed))
        hits += [_covers(found[key], truth[key]) for key in KEYS]
        alone = agreement.measure(worlds.unclustered(ratings), ("alpha_nominal",), Draws(resamples=300, seed=seed))
        naive += _covers(alone["alpha_nominal"], truth["alpha_nominal"])
    shares = dict(zip(KEYS, hits / SIMULATIONS, strict=True))
    name = request.node.callspec.id
    say(f"coverage, {name}", " ".join(f"{key} {share:.3f}" for key, share in shares.items()))
    say(f"coverage, {name}, articles ignored", f"alpha_nominal {naive / SIMULATIONS:.3f}")
    assert all(0.93 <= share <= 0.97 for share in shares.values()), shares
    assert naive / SIMULATIONS < 0.93


@pytest.mark.parametrize(("articles", "drawn", "uneven"), [(60, 0.15, False), (60, 0.15, True), (200, 0.1, True)])
def test_corrected_shares_are_unbiased_and_cover(articles, drawn, uneven):
    everything = worlds.corpus(np.random.default_rng(9), 200_000, drawn=1.0)
    truth, raw = everything.people.mean(axis=0), everything.model.mean(axis=0)
    random = np.random.default_rng(2)
    hits, raw_hits, values = np.zeros(3), np.zeros(3), np.zeros(3)
    for _ in range(SIMULATIONS):
        shares = corrected_shares(worlds.corpus(random, articles, drawn=drawn, uneven=uneven))
        hits += [_covers(share["corrected"], value) for share, value in zip(shares, truth, strict=True)]
        raw_hits += [_covers(share["model"], value) for share, value in zip(shares, truth, strict=True)]
        values += [share["corrected"]["value"] for share in shares]
    bias = values / SIMULATIONS - truth
    name = f"{articles} articles, {drawn:.0%} judged{', uneven' if uneven else ''}"
    say(f"raw model shares, {name}", f"off by {(raw - truth).round(3)}, coverage {(raw_hits / SIMULATIONS).round(3)}")
    say(f"corrected shares, {name}", f"off by {bias.round(4)}, coverage {(hits / SIMULATIONS).round(3)}")
    assert abs(raw - truth).max() >= 0.05
    assert abs(bias).max() < 0.01
    assert (hits / SIMULATIONS >= 0.93).all()
    assert (hits / SIMULATIONS <= 0.97).all()


def _gap(skill):
    people, model = worlds.people_and_model(np.random.default_rng(5), 40_000, model_skill=skill)
    return alternative_annotator_test(people, model)["annotators"]["r0"]["difference"]


def test_the_alternative_annotator_test_errs_at_its_level():
    """At the very edge of H0 (the model worse by epsilon) one in twenty tests rejects, and no more."""
    low, high = 0.1, 0.8
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (middle, high) if _gap(middle) > EPSILON else (low, middle)
    random = np.random.default_rng(3)
    rejected = by_any = 0
    for _ in range(SIMULATIONS):
        people, model = worlds.people_and_model(random, 50, model_skill=middle)
        found = alternative_annotator_test(people, model, epsilon=EPSILON)
        rejected += found["annotators"]["r0"]["p"] < 0.05
        by_any += found["winning_rate"] > 0
    say("alternative annotator test, type I error at .05", f"{rejected / SIMULATIONS:.3f}")
    say("the same, any annotator after Benjamini-Yekutieli", f"{by_any / SIMULATIONS:.3f}")
    assert rejected / SIMULATIONS < 0.065
    assert by_any / SIMULATIONS < 0.05


_MILLION = """
import json, resource, time
import numpy as np
from reports.statistics import agreement
from reports.statistics.intervals import Draws
from tests.bench import agreement_worlds as worlds
from dataclasses import replace

ratings = worlds.million(np.random.default_rng(0))
found = {}
for name, each in (("articles", ratings), ("units", worlds.unclustered(ratings))):
    began = time.monotonic()
    agreement.measure(replace(each, values=None), ("alpha_nominal",), Draws(resamples=2000))
    found[f"nominal alpha, 2,000 resamples of {name}"] = time.monotonic() - began
began = time.monotonic()
agreement.point(ratings)
found["every coefficient"] = time.monotonic() - began
began = time.monotonic()
agreement.measure(ratings, draws=Draws(resamples=2000))
found["every coefficient, 2,000 resamples of articles"] = time.monotonic() - began
found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(found))
"""


def test_a_million_judgements(root):
    environment = {**os.environ, "PYTHONPATH": str(root)}
    run = subprocess.run([sys.executable, "-c", _MILLION], env=environment, capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    for name, figure in found.items():
        say(f"1,000,000 judgements, {name}", f"{figure:.2f}" + ("" if "MB" in name else " s"))
    assert found["nominal alpha, 2,000 resamples of articles"] < 10
    assert found["nominal alpha, 2,000 resamples of units"] < 10
    assert found["every coefficient"] < 2
    assert found["peak MB"] < 1500


def test_faster_than_a_loop_over_the_krippendorff_package():
    krippendorff = pytest.importorskip("krippendorff")
    ratings = worlds.million(np.random.default_rng(0))
    table = ratings.label.reshape(-1, 5).T.astype(float)
    articles = np.arange(200_000).reshape(-1, 10)
    random = np.random.default_rng(1)
    began = time.monotonic()
    for _ in range(3):
        drawn = articles[random.integers(0, len(articles), len(articles))].ravel()
        theirs = krippendorff.alpha(reliability_data=table[:, drawn], level_of_measurement="nominal")
    loop = (time.monotonic() - began) / 3 * 2000
    began = time.monotonic()
    ours = agreement.measure(replace(ratings, values=None), ("alpha_nominal",), Draws(resamples=2000))["alpha_nominal"]
    seconds = time.monotonic() - began
    say("a loop over krippendorff, 2,000 resamples (3 run)", f"{loop:.0f} s, {loop / seconds:.0f} times as long")
    assert ours["low"] - 0.01 < theirs < ours["high"] + 0.01
    assert loop / seconds >= 100


def test_real_votes(data, tmp_path):
    """GWSD: 1,850 news sentences with 8 votes each; a vote's position is a person only within its batch."""
    rows = []
    for line in (data / "evaluation/gwsd.votes.jsonl").open(encoding="utf-8"):
        item = json.loads(line)
        about = {
            "unit": item["sentence_id"],
            "target": item["target"],
            "text": item["sentence"],
            "round": item["round"],
        }
        for place, vote in enumerate(item["votes"]):
            rows.append({**about, "annotator": f"{item['round']}.{item['batch']}.{place}", "label": vote})
    path = tmp_path / "votes.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    began = time.monotonic()
    found = analyse(read_judgements(path))
    seconds = time.monotonic() - began
    alpha = found["questions"]["label"]["agreement"]["alpha_nominal"]
    say("GWSD, whole analysis, 2,000 resamples", f"{seconds:.1f} s, alpha nominal {alpha['value']:.3f}")
    json.dumps(found, allow_nan=False)
    assert seconds < 120


def test_snow_rte(data):
    """Snow et al. (2008): 800 units x 10 of 164 annotators, against an independent exact implementation."""
    folder = data / "agreement"
    expected = json.loads((folder / "snow2008_rte.reference.json").read_text())["snow2008_rte"]
    judgements = read_judgements(folder / "snow2008_rte.csv")
    found = agreement.point(ratings(judgements, "label"))
    assert found["alpha_nominal"] == pytest.approx(expected["alpha"], abs=1e-9)
    assert found["fleiss"] == pytest.approx(expected["fleiss"], abs=1e-9)
    assert found["ac1"] == pytest.approx(expected["ac1"], abs=1e-9)
    say("Snow RTE, alpha nominal", f"{found['alpha_nominal']:.16f}")
