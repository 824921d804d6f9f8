import json

import numpy as np
import pytest

from pipeline.prelabel.calibration import Calibration, circumstances
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.pooling import softmax
from pipeline.train.calibrate import fit_calibrations
from pipeline.train.recipe import Recipe

LABELS = ("favor", "neutral", "against")
TRUE = Calibration(named=2.2, topic=1.3, crowd=0.3, shift=(-1.0, 0.0, -1.5))
NAMES = ("Holm", "Berg", "Moreau", "Okafor", "Silva")


class Known:
    """A classifier whose logits for a pair are known: drawn from a generator that its text seeds."""

    name, revision, labels = "known", "0", {"stance": LABELS}

    def logits(self, pair):
        return np.random.default_rng(int(pair.text.rsplit(" ", 1)[1])).normal(scale=3, size=3)

    def probabilities(self, pairs):
        powers = np.exp([self.logits(pair) for pair in pairs])
        return {"stance": (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)}


@pytest.fixture
def gold(tmp_path):
    """Writes rows about targets of one kind, their labels drawn as a model that needs TRUE's temperatures is right."""

    def write(name, target, seed):
        draw, rows = np.random.default_rng(seed), []
        for number in range(3000):
            others = " and ".join(draw.choice(NAMES, draw.integers(0, 5)))
            text = f"the vote on {target} was what {others} wanted {seed * 10000 + number}"
            pair = Pair(text=text, target=target)
            shares = softmax(TRUE.apply(Known().logits(pair)[None], circumstances([pair])))[0]
            label = draw.choice(LABELS, p=shares)
            rows.append(json.dumps({"text": text, "target": target, "label": label}) + "\n")
        (tmp_path / name).write_text("".join(rows), encoding="utf-8")
        return {"path": name, "kind": "stance", "title": name, "calibrate": True}

    return write


def plan(**measures):
    return Recipe.model_validate(
        {
            "name": "known",
            "base": "none",
            "base_title": "none",
            "licence": "CC0-1.0",
            "sources": {},
            "mixture": [{"make": "plain", "sources": ["none"], "count": 0}],
            "measures": measures,
        }
    )


def test_the_calibration_that_made_the_labels_is_found(tmp_path, gold):
    recipe = plan(people=gold("people", "Anna Lindqvist", 1), motions=gold("motions", "a tunnel", 2))
    found = fit_calibrations(recipe, tmp_path, Known())["stance"]
    assert found.named == pytest.approx(TRUE.named, rel=0.12)
    assert found.topic == pytest.approx(TRUE.topic, rel=0.12)
    assert found.crowd == pytest.approx(TRUE.crowd, abs=0.08)
    assert found.shift == pytest.approx(TRUE.shift, abs=0.2)


def test_what_gold_never_asks_about_is_as_sure_as_the_rest(tmp_path, gold):
    found = fit_calibrations(plan(people=gold("people", "Anna Lindqvist", 1)), tmp_path, Known())["stance"]
    assert found.named == found.topic == pytest.approx(TRUE.named, rel=0.12)


def test_without_names_of_every_label_no_answer_is_moved(tmp_path, gold):
    found = fit_calibrations(plan(motions=gold("motions", "a tunnel", 2)), tmp_path, Known())["stance"]
    assert found.shift == ()


def test_a_sentiment_is_not_taken_for_a_stance(tmp_path):
    row = {"sentence": "Holm is great.", "target": "Holm", "start": 0, "end": 4, "label": "positive"}
    (tmp_path / "news").write_text(json.dumps(row) + "\n", encoding="utf-8")
    news = {"path": "news", "kind": "sentiment", "title": "News", "calibrate": True}
    assert fit_calibrations(plan(news=news), tmp_path, Known()) == {"stance": Calibration()}


def test_gold_beside_the_recipe_is_read_from_there(tmp_path, gold):
    beside = gold("people", "Anna Lindqvist", 1) | {"beside": True}
    recipe = plan(people=beside).model_copy(update={"folder": tmp_path})
    assert fit_calibrations(recipe, tmp_path / "elsewhere", Known())["stance"] != Calibration()


def test_without_gold_nothing_is_calibrated(tmp_path):
    assert fit_calibrations(plan(), tmp_path, Known()) == {"stance": Calibration()}


def test_what_foreign_texts_get_is_the_recipe_s(tmp_path, gold):
    recipe = plan(motions=gold("motions", "a tunnel", 2))
    plain = fit_calibrations(recipe, tmp_path, Known())["stance"]
    told = fit_calibrations(recipe.model_copy(update={"foreign": (0.5, 0.01)}), tmp_path, Known())["stance"]
    assert (plain.foreign, told.foreign) == ((0.0, 0.0), (0.5, 0.01))
    assert told.topic == plain.topic
