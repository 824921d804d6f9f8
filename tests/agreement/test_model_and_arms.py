"""Anchoring, the model against people, the alternative annotator test: what was put in is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.labels import DEFAULT_SCHEME
from reports.statistics.alternative import alternative_annotator_test, benjamini_yekutieli
from reports.statistics.anchoring import anchoring
from reports.statistics.intervals import Draws
from reports.statistics.model import model_against_people
from reports.statistics.models import compare_models
from reports.statistics.student import student_below
from tests.agreement.make import judgements_of, ratings_of
from tests.agreement.project import Project, annotated, judged, sentences

FEW = Draws(resamples=200)
LARGE = Project(articles=100, lean=0.5)


@pytest.fixture(scope="module")
def large():
    return judged(LARGE)


def test_anchoring_is_measured_against_the_blind_arm(large):
    found = anchoring(large, "stance", FEW)
    effect = found["acceptance"]["effect"]
    blind = found["acceptance"]["blind"]["value"]
    assert effect["low"] < (1 - blind) * 0.5 < effect["high"]
    assert effect["low"] > 0
    assert found["by_correctness"]["wrong"]["effect"]["low"] > found["by_correctness"]["right"]["effect"]["value"]
    assert found["randomisation"]["p"] > 0.01
    assert 0 < found["power"]["minimum_detectable_effect"] < 0.2
    assert found["seconds"]["ratio"]["low"] < 1 < found["seconds"]["ratio"]["high"]
    assert set(found["annotators"]) == {"ann", "ben", "cyn"}
    assert found["agreement"]["effect"]["value"] == pytest.approx(
        found["agreement"]["shown"]["value"] - found["agreement"]["blind"]["value"]
    )


def test_without_leaning_there_is_no_anchoring():
    effect = anchoring(judged(Project(articles=100, lean=0.0)), "stance", FEW)["acceptance"]["effect"]
    assert effect["low"] < 0 < effect["high"]


def test_without_a_blind_arm_the_effect_is_undefined_and_says_why():
    found = anchoring(judged(Project(blind=0.0)), "stance", FEW)
    assert "value" in found["acceptance"]["shown"]
    assert "blind" in found["acceptance"]["effect"]["undefined"]
    assert "blind" in found["power"]["undefined"]


def test_one_article_shows_no_smallest_effect():
    found = anchoring(judged(Project(articles=1, sentences=40)), "stance", FEW)
    assert "one article" in found["power"]["undefined"]


def test_without_pre_labels_nothing_could_anchor():
    rows = [{"unit": "u", "annotator": who, "label": "x"} for who in "ab"]
    assert "nothing could anchor" in anchoring(judgements_of(rows), "label")["undefined"]


def test_uneven_arms_are_noticed(large):
    rows = annotated(LARGE)
    for row in rows:
        if row["model_label"] == "favor":
            row.update(arm="shown", shown="favor", model="m@1")
    assert anchoring(judgements_of(rows), "stance", FEW)["randomisation"]["p"] < 0.01


def test_the_model_is_scored_on_blind_items_alone(large):
    found = model_against_people(large, "stance", draws=FEW)
    assert found["name"] == "m@1"
    truth = 0.75 + 0.25 / 3
    assert found["score"]["accuracy"]["low"] - 0.05 < truth < found["score"]["accuracy"]["high"] + 0.05
    assert found["inflation"]["accuracy"]["low"] > 0
    assert found["score"]["units"] + found["score"]["ties"] + found["corrected"]["units"] <= 1000
    assert sum(map(sum, found["confusion"]["matrix"])) == found["score"]["units"]
    assert found["as_annotator"]["model"]["kappa"]["value"] > 0.3
    assert found["calibration"]["risk_coverage"][-1]["coverage"] == 1


def test_a_sample_of_the_unsure_does_not_make_the_model_look_bad():
    """Units that the model is unsure of are all drawn and half right, of the others one in fifty, and right."""
    rows = [
        {
            "unit": f"u{unit}",
            "article": f"d{unit // 4}",
            "annotator": who,
            "question": "stance",
            "label": "favor",
            "model_label": "against" if unit < 80 and unit % 2 else "favor",
            "model": "m@1",
            "arm": "blind",
            "probability": 1 if unit < 80 else 0.02,
        }
        for unit in range(100)
        for who in ("ann", "ben")
    ]
    score = model_against_people(judgements_of(rows, scheme=DEFAULT_SCHEME), "stance", draws=FEW)["score"]
    assert score["weighted"]
    assert score["accuracy"]["value"] == pytest.approx((40 + 20 * 50) / (80 + 20 * 50))
    plain = [{key: value for key, value in row.items() if key != "probability"} for row in rows]
    found = model_against_people(judgements_of(plain, scheme=DEFAULT_SCHEME), "stance", draws=FEW)
    assert not found["score"]["weighted"]
    assert found["score"]["accuracy"]["value"] == pytest.approx(0.6)
    assert found["confusion"]["matrix"][0] == [60, 0, 40]


def test_two_models_are_compared_on_the_same_blind_units(large):
    facts = sentences(LARGE)
    worse = [{**fact, "model_label": "favor"} for fact in facts]
    rows = [
        {"unit": fact["unit"], "cluster": fact["cluster"], "annotator": name, "label": fact["model_label"]}
        for name, given in (("m@1", facts), ("m@0", worse))
        for fact in given
    ]
    both = judgements_of([{**row, "question": "stance"} for row in rows])
    (found,) = compare_models(large, "stance", both, FEW)
    assert found["models"] == ["m@1", "m@0"]
    score = model_against_people(large, "stance", draws=FEW)["score"]
    assert found["units"] == score["units"]
    assert found["accuracy"]["first"]["value"] == pytest.approx(score["accuracy"]["value"])
    assert found["accuracy"]["difference"]["low"] > 0.2


def test_a_score_from_corrected_items_alone_is_refused():
    found = model_against_people(judged(Project(blind=0.0)), "stance", draws=FEW)
    assert "refused" in found["score"]["undefined"]
    assert "value" in found["corrected"]["accuracy"]
    assert "undefined" in found["inflation"]
    assert "undefined" in found["alternative"]


def test_scores_are_those_of_scikit_learn(large):
    metrics = pytest.importorskip("sklearn.metrics")
    found = model_against_people(large, "stance", draws=FEW)["confusion"]["matrix"]
    pairs = [(row, column) for row in range(3) for column in range(3) for _ in range(found[row][column])]
    people, model = zip(*pairs, strict=True)
    score = model_against_people(large, "stance", draws=FEW)["score"]
    assert score["macro_f1"]["value"] == pytest.approx(metrics.f1_score(people, model, average="macro"))
    assert score["accuracy"]["value"] == pytest.approx(metrics.accuracy_score(people, model))
    recalls = metrics.recall_score(people, model, average=None)
    assert [score["labels"][name]["recall"]["value"] for name in ("favor", "neutral", "against")] == pytest.approx(
        recalls
    )


def test_no_model_labels_no_section():
    rows = [{"unit": "u", "annotator": who, "label": "x"} for who in "ab"]
    assert "model_label" in model_against_people(judgements_of(rows), "label")["undefined"]


def _crowd(people=4, units=400, skill=0.8, model_skill=0.8, seed=0):
    random = np.random.default_rng(seed)
    truth = random.integers(1, 4, units)

    def answers(right, size):
        return np.where(random.random(size) < right, truth[:, None], random.integers(1, 4, size))

    rows = answers(skill, (units, people))
    model = answers(model_skill, (units, 1))[:, 0] - 1
    return ratings_of(rows.tolist(), ordered=False), model


def test_a_good_model_may_stand_in_and_a_bad_one_may_not():
    good = alternative_annotator_test(*_crowd(model_skill=0.9))
    bad = alternative_annotator_test(*_crowd(model_skill=0.3))
    assert good["passes"]
    assert good["winning_rate"] == 1
    assert not bad["passes"]
    assert bad["winning_rate"] == 0
    assert good["advantage"] > bad["advantage"]


def test_the_test_is_the_papers_paired_t_test_where_units_stand_alone():
    stats = pytest.importorskip("scipy.stats")
    rated, model = _crowd(model_skill=0.7)
    found = alternative_annotator_test(rated, model, epsilon=0.1)
    rows = np.full((rated.units, 4), -1)
    rows[rated.unit, rated.annotator] = rated.label
    for who in range(4):
        others = np.delete(rows, who, axis=1)
        person = (others == rows[:, [who]]).mean(axis=1)
        machine = (others == model[:, None]).mean(axis=1)
        gap = (person >= machine).astype(float) - (machine >= person)
        expected = stats.ttest_1samp(gap, 0.1, alternative="less").pvalue
        assert found["annotators"][f"r{who}"]["p"] == pytest.approx(expected, rel=1e-6)
        assert found["annotators"][f"r{who}"]["rho_model"] == pytest.approx((machine >= person).mean())


def test_articles_make_the_test_more_careful():
    rated, model = _crowd(model_skill=0.7)
    random = np.random.default_rng(0)
    same = np.repeat(random.integers(0, 40, 40), 10)
    clustered = replace(rated, cluster=np.unique(same, return_inverse=True)[1])
    alone = alternative_annotator_test(rated, model)["annotators"]["r0"]
    together = alternative_annotator_test(clustered, model)["annotators"]["r0"]
    assert alone["difference"] == together["difference"]
    assert alone["p"] != together["p"]


def test_too_few_people_or_units():
    rated, model = _crowd(people=2)
    assert "three annotators" in alternative_annotator_test(rated, model)["undefined"]
    rated, model = _crowd(units=20)
    assert "30 units" in alternative_annotator_test(rated, model)["undefined"]


def test_benjamini_and_yekutieli_are_those_of_statsmodels():
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    random = np.random.default_rng(0)
    for size in (1, 2, 5, 30):
        p = random.random(size) ** 4
        theirs = multitest.multipletests(p, 0.05, method="fdr_by")[0]
        assert benjamini_yekutieli(p, 0.05).tolist() == theirs.tolist()


@pytest.mark.parametrize("degrees", [1, 2, 5, 30, 500])
def test_students_t_is_that_of_scipy(degrees):
    stats = pytest.importorskip("scipy.stats")
    for t in (-30.0, -2.5, -0.3, 0.0, 0.7, 4.0):
        assert student_below(t, degrees) == pytest.approx(stats.t.cdf(t, degrees), abs=1e-12)
