"""Annotators, consensus, the chain, disagreements, the specification curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import InputError
from reports.statistics.annotators import profiles
from reports.statistics.chain import chain
from reports.statistics.consensus import dawid_skene, majority, soft_labels
from reports.statistics.disagreements import disagreements
from reports.statistics.gold import gold
from reports.statistics.intervals import Draws
from reports.statistics.specification import specification_curve
from tests.agreement.make import judgements_of, ratings_of
from tests.agreement.project import Project, judged

FEW = Draws(resamples=100)


def test_the_careless_annotator_stands_out():
    judgements = judged(Project(lean=0.0))
    random = np.random.default_rng(0)
    code = judgements.annotator.names.index("cyn")
    labels = np.where(
        judgements.annotator.codes == code, random.integers(0, 3, len(judgements)), judgements.label.codes
    )
    found = profiles(replace(judgements, label=replace(judgements.label, codes=labels)), "stance", FEW)
    kappas = {name: each["one_against_rest"]["kappa"]["value"] for name, each in found.items()}
    assert found["cyn"]["gap"]["high"] < 0 < found["ann"]["gap"]["low"]
    assert kappas["cyn"] < 0.1 < min(kappas["ann"], kappas["ben"])
    assert found["cyn"]["competence"] < 0.5 < found["ann"]["competence"]
    assert found["ann"]["seconds"]["median"] == pytest.approx(7.4, abs=0.5)
    assert [part["third"] for part in found["ann"]["drift"]] == [1, 2, 3]


def test_one_against_the_rest_of_two_is_their_agreement():
    rows = [{"unit": f"u{n}", "annotator": who, "label": label} for n, pair in enumerate(("xx", "xy", "yy", "yy"))
            for who, label in zip("ab", pair, strict=True)]  # fmt: skip
    found = profiles(judgements_of(rows), "label", FEW)
    assert found["a"]["one_against_rest"]["percent"]["value"] == 0.75
    assert found["a"]["one_against_rest"]["kappa"]["value"] == pytest.approx(0.5)


def test_second_looks_give_intra_annotator_agreement():
    rows = [{"unit": f"u{n}", "annotator": "a", "label": "xy"[n % 2], "occasion": 0} for n in range(8)]
    rows += [{"unit": f"u{n}", "annotator": "a", "label": "xy"[(n + (n == 3)) % 2], "occasion": 1} for n in range(8)]
    rows += [{"unit": "u0", "annotator": "b", "label": "x", "occasion": 0}]
    found = profiles(judgements_of(rows), "label", FEW)
    assert found["a"]["intra"]["percent"]["value"] == 7 / 8
    assert "occasion" in found["b"]["intra"]["undefined"]


def test_majority_and_its_ties():
    counts = np.array([[2, 1, 0], [1, 0, 1], [1, 1, 1], [0, 0, 0]], dtype=float)
    assert majority(counts).tolist() == [0, -1, -1, -1]
    assert majority(counts, "first").tolist() == [0, 0, 0, -1]
    assert majority(counts, "middle").tolist() == [0, 0, 1, -1]
    assert soft_labels(counts)[1].tolist() == [0.5, 0, 0.5]


def test_dawid_and_skene_climb_and_find_truth_and_competence():
    random = np.random.default_rng(0)
    truth, skill = random.integers(0, 3, 600), np.array([0.95, 0.9, 0.6, 0.5, 0.5])
    rows = np.where(random.random((600, 5)) < skill, truth[:, None], random.integers(0, 3, (600, 5)))
    ratings = ratings_of((rows + 1).tolist())
    fit = dawid_skene(ratings)
    assert fit.converged
    assert np.all(np.diff(fit.log_likelihood) > -1e-6)
    right = (fit.posterior.argmax(axis=1) == truth).mean()
    plain = (majority(ratings.counts(), "first") == truth).mean()
    assert right > plain
    assert fit.competence == pytest.approx(skill + (1 - skill) / 3, abs=0.05)
    assert fit.confusion.sum(axis=2) == pytest.approx(1)


def test_dawid_and_skene_is_its_own_fixed_point_written_out():
    """One more round of the formulas, by loops, gives the same posterior."""
    random = np.random.default_rng(1)
    rated = ratings_of(random.integers(1, 4, (40, 4)).tolist())
    fit = dawid_skene(rated, smoothing=0.0, most=5000, tolerance=1e-15)
    judged = list(zip(rated.unit, rated.annotator, rated.label, strict=True))
    confusion = np.zeros((4, 3, 3))
    for unit, who, label in judged:
        confusion[who, :, label] += fit.posterior[unit]
    confusion /= confusion.sum(axis=2, keepdims=True)
    posterior = np.tile(fit.posterior.mean(axis=0), (40, 1))
    for unit, who, label in judged:
        posterior[unit] *= confusion[who, :, label]
    posterior /= posterior.sum(axis=1, keepdims=True)
    assert posterior == pytest.approx(fit.posterior, abs=1e-4)


def test_gold_refuses_what_saw_the_model():
    judgements = judged()
    everything = gold(judgements, "stance")
    blind = gold(judgements, "stance", for_model="m@1")
    assert 0 < len(blind) < len(everything)
    assert all(row["saw"] == [] for row in blind)
    assert {tuple(row["saw"]) for row in everything} == {(), ("m@1",)}
    assert len(gold(judgements, "stance", for_model="other@2")) == len(everything)
    shown = judgements.where(judgements.is_("arm", "shown"))
    with pytest.raises(InputError, match="in sight") as caught:
        gold(shown, "stance", for_model="m@1")
    assert "blind" in caught.value.fix


def test_a_model_named_without_its_revision_is_asked_about():
    with pytest.raises(InputError, match="know no model m,") as caught:
        gold(judged(), "stance", for_model="m")
    assert "--for m@1" in caught.value.fix


def test_gold_by_dawid_and_skene_carries_probabilities():
    rows = gold(judged(), "stance", method="dawid-skene", least=3)
    assert all(sum(row["scores"].values()) == pytest.approx(1) for row in rows)
    assert all(row["judgements"] == 3 and row["annotators"] == ["ann", "ben", "cyn"] for row in rows)


def test_the_chain_counts_pairs():
    rows = []
    for sentence, speakers, stances in (("s1", "XX", "ff"), ("s2", "XY", "fa"), ("s3", "XX", "fa"), ("s4", "XY", "aa")):
        for who, speaker, stance in zip("ab", speakers, stances, strict=True):
            fact = {"sentence": sentence, "annotator": who}
            rows.append({**fact, "unit": sentence, "question": "speaker", "label": speaker})
            rows.append({**fact, "unit": f"{sentence} t", "question": "stance", "label": stance})
    found = chain(judgements_of(rows), FEW)["stance"]
    assert found["pairs"] == 4
    values = {name: each["value"] for name, each in found.items() if name != "pairs"}
    assert values == pytest.approx(
        {
            "same_speaker": 0.5,
            "agreement_same_speaker": 0.5,
            "agreement_other_speaker": 0.5,
            "difference": 0,
            "disagreements_with_other_speaker": 0.5,
            "avoidable": 0,
        }
    )


def test_without_speakers_there_is_no_chain():
    assert "nobody was asked who speaks" in chain(judged())["undefined"]


def test_the_worst_disagreement_comes_first():
    labels = {"calm": ["favor"] * 3, "near": ["favor", "favor", "neutral"], "far": ["favor", "against", "against"]}
    rows = [
        {"unit": unit, "annotator": who, "label": label, "text": unit.upper()}
        for unit, given in labels.items()
        for who, label in zip("abc", given, strict=True)
    ]
    judgements = judgements_of([{k: v for k, v in row.items() if k != "text"} for row in rows])
    found = disagreements(judgements, "label")
    assert [(row["unit"], round(row["disagreement"], 3)) for row in found] == [("far", 0.667), ("near", 0.333)]
    assert [each["annotator"] for each in found[0]["judgements"]] == ["a", "b", "c"]


def test_the_specification_curve_is_sorted_and_names_its_choices():
    found = specification_curve(judged(), "stance", FEW)
    values = [row["value"] for row in found["rows"]]
    assert values == sorted(values)
    assert {row["arm"] for row in found["rows"]} == {"all", "blind", "shown"}
    assert {row["annotators"] for row in found["rows"]} == {"all", "without ann", "without ben", "without cyn"}
    assert {row["labels"] for row in found["rows"]} == {"as asked", "neutral or not"}
