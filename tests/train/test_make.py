import shutil
import signal
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from pipeline.errors import ConfigError, ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.onnx_classifier import OnnxClassifier

KILLED = """
import os, signal, sys
from pathlib import Path
import torch
torch.set_num_threads(1)
from pipeline.train.fit import train
from pipeline.train.recipe import load_recipe

def kill(step, steps, loss):
    if step >= 45:
        os.kill(os.getpid(), signal.SIGKILL)

plan, data, out = map(Path, sys.argv[1:])
train(load_recipe(plan), data, out, kill)
"""

RUNS = ("whole", "parts")

torch = pytest.importorskip("torch")

from pipeline.train.card import write_card  # noqa: E402
from pipeline.train.draw import draw_histories  # noqa: E402
from pipeline.train.fit import train  # noqa: E402
from pipeline.train.graph import EncoderShape, build_graph  # noqa: E402
from pipeline.train.make import make_model  # noqa: E402
from pipeline.train.model import load_model, new_model, save_model  # noqa: E402
from pipeline.train.quantise import fit_eight_bit  # noqa: E402
from pipeline.train.rescore import rescore  # noqa: E402
from pipeline.train.runs import measure  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("run")


def made_once(recipe, data, folder):
    return make_model(recipe, data, folder, lambda step, steps, loss: None)


def weights(folder):
    return load_model(folder).state_dict()


def test_a_model_is_made_and_learns_what_is_plain(recipe, data, folder):
    steps = []
    made = make_model(recipe, data, folder, lambda step, steps_, loss: steps.append((step, steps_)))
    assert steps[0][0] == 20
    scores = measure(recipe, data, OnnxClassifier(made))
    assert scores["news"]["accuracy"]["value"] > 0.9
    assert scores["debate"]["n"] == 24


def test_eight_bit_answers_are_close_and_the_same_in_any_company(recipe, data, folder):
    small = OnnxClassifier(made_once(recipe, data, folder))
    exact = OnnxClassifier(folder / "float32")
    pairs = [
        Pair(text=text * times, target=target)
        for text in ("the mayor is great . ", "voters said that it is awful ! ", "berg")
        for target in ("mayor", "We should ban whaling")
        for times in (1, 2, 5, 20)
    ]
    together, precise = small.probabilities(pairs), exact.probabilities(pairs)
    for question in ("stance", "sentiment"):
        assert np.abs(together[question] - precise[question]).mean() < 0.03
        for index, pair in enumerate(pairs):
            alone = small.probabilities([pair])[question][0]
            assert np.abs(alone - together[question][index]).max() <= 1e-6


def test_the_graph_answers_as_torch_does(base):
    torch.manual_seed(1)
    model = new_model(base, {"stance": 3, "sentiment": 3}, dropout=0.1, label_smoothing=0.0).eval()
    shape = EncoderShape(layers=2, attention_heads=4, epsilon=1e-12)
    tensors = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    graph = build_graph(tensors, shape, {"stance": 3, "sentiment": 3})
    import onnxruntime

    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.random.default_rng(0).integers(0, 40, (3, 9))
    types = np.array([[0, 0, 0, 1, 1, 0, 1, 1, 1]] * 3)
    found = session.run(["stance", "sentiment"], {"input_ids": ids, "token_type_ids": types})
    with torch.inference_mode():
        wanted = model(torch.tensor(ids), torch.tensor(types), torch.ones(3, 9, dtype=torch.long))
    for name, rows in zip(("stance", "sentiment"), found, strict=True):
        assert np.abs(rows - wanted[name].numpy()).max() < 1e-5


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(recipe, data, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(step, steps, loss):
        if step >= 40:
            raise StoppedError

    whole = weights(train(recipe, data, tmp_path / "whole"))
    with pytest.raises(StoppedError):
        train(recipe, data, tmp_path / "parts", stop)
    assert (tmp_path / "parts" / "checkpoints" / "checkpoint-20").is_dir()
    resumed = weights(train(recipe, data, tmp_path / "parts"))
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_a_run_that_was_killed_goes_on_to_the_same_weights(recipe, data, tmp_path):
    plan = tmp_path / "recipe.json"
    plan.write_text(recipe.model_dump_json())
    killed = subprocess.run([sys.executable, "-c", KILLED, str(plan), str(data), str(tmp_path / "parts")], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "parts" / "trained").exists()
    whole = weights(train(recipe, data, tmp_path / "whole"))
    resumed = weights(train(recipe, data, tmp_path / "parts"))
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    assert (tmp_path / "whole" / "history.json").read_text() == (tmp_path / "parts" / "history.json").read_text()
    drawn = [draw_histories({"seed": tmp_path / run / "history.json"}, tmp_path / f"{run}.svg") for run in RUNS]
    assert drawn[0].read_text() == drawn[1].read_text()


def test_a_checkpoint_that_was_cut_short_is_passed_over(recipe, data, tmp_path):
    """A kill in the middle of writing one leaves no state in it, and may leave a torn optimizer."""

    class StoppedError(Exception):
        pass

    def stop(step, steps, loss):
        if step >= 60:
            raise StoppedError

    whole = weights(train(recipe, data, tmp_path / "whole"))
    with pytest.raises(StoppedError):
        train(recipe, data, tmp_path / "parts", stop)
    checkpoints = tmp_path / "parts" / "checkpoints"
    torn = checkpoints / "checkpoint-41"
    shutil.copytree(next(checkpoints.iterdir()), torn)
    (torn / "trainer_state.json").unlink()
    (torn / "optimizer.pt").write_bytes(b"PK")
    resumed = weights(train(recipe, data, tmp_path / "parts"))
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_weights_that_were_cut_short_are_never_taken_for_whole(recipe, data, tmp_path, monkeypatch):
    def torn(weights, path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.train.model.save_file", torn)
        with pytest.raises(KeyboardInterrupt):
            train(recipe, data, tmp_path)
    assert weights(train(recipe, data, tmp_path))


def test_a_mixture_of_nothing_is_refused(recipe, data, tmp_path):
    parts = [part.model_copy(update={"count": 0}) for part in recipe.mixture]
    with pytest.raises(ConfigError, match="makes no example"):
        train(recipe.model_copy(update={"mixture": parts}), data, tmp_path)


def test_a_run_of_another_recipe_is_not_gone_on_with(recipe, data, tmp_path):
    (tmp_path / "recipe.txt").write_text("another\n")
    with pytest.raises(ConfigError, match="another recipe"):
        train(recipe, data, tmp_path)


def test_a_run_that_began_with_other_rows_is_not_gone_on_with(recipe, data, tmp_path):
    own = tmp_path / "data"
    shutil.copytree(data, own)

    def stop(step, steps, loss):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(recipe, own, tmp_path / "out", stop)
    changed = own / next(iter(recipe.sources.values())).path
    rows = changed.read_text(encoding="utf-8")
    changed.write_text(rows + rows.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"began before {changed.name} changed"):
        train(recipe, own, tmp_path / "out")
    changed.write_text(rows, encoding="utf-8")
    assert train(recipe, own, tmp_path / "out").is_dir()


def test_the_card_says_what_was_measured(recipe, data, folder):
    made_once(recipe, data, folder)
    card = write_card(recipe, data, folder, today=date(2026, 1, 2)).read_text(encoding="utf-8")
    for words in ("CC0", "## Scores", "macro-F1", "| News | 24 |", "2026-01-02", "onrecord train", "seeds 7"):
        assert words in card


def test_a_card_can_be_measured_anew(recipe, data, folder):
    made_once(recipe, data, folder)
    card = write_card(recipe, data, folder, today=date(2026, 1, 2))
    written = card.read_text(encoding="utf-8")
    row = next(line for line in written.splitlines() if line.startswith("| Debate | 24 |"))
    card.write_text(written.replace(row, "| Debate | 7 | 0.001 | kept | 0.001 | 0.001 |"), encoding="utf-8")
    rescore(recipe, data, folder / "embedded")
    cells = row.split("|")
    cells[4] = " kept "
    assert card.read_text(encoding="utf-8") == written.replace(row, "|".join(cells))
    card.write_text("nothing", encoding="utf-8")
    with pytest.raises(ModelError, match="no row for News"):
        rescore(recipe, data, folder / "embedded")


def test_the_card_of_another_model_says_nothing_of_ours(recipe, data, folder):
    made_once(recipe, data, folder)
    for name, ours in (("tiny", False), ("embedded", True)):
        plan = recipe.model_copy(update={"name": name})
        card = write_card(plan, data, folder, today=date(2026, 1, 2)).read_text(encoding="utf-8")
        for words in ("MiniLM", "share-alike", "GWSD", "written for this model", "configs/embedded-model.yaml"):
            assert (words in card) == ours


def test_a_model_that_is_measured_on_nothing_has_a_card(recipe, data, tmp_path):
    plan = recipe.model_copy(update={"measures": {}, "mixture": recipe.mixture[1:2]})
    made_once(plan, data, tmp_path)
    assert "160 texts" in write_card(plan, data, tmp_path, today=date(2026, 1, 2)).read_text(encoding="utf-8")


def test_a_folder_that_was_not_trained_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no trained model"):
        load_model(tmp_path)


def test_weights_survive_saving(base, tmp_path):
    from tokenizers import Tokenizer

    torch.manual_seed(2)
    model = new_model(base, {"stance": 3}, dropout=0.0, label_smoothing=0.0)
    save_model(model, Tokenizer.from_file(str(base / "tokenizer.json")), tmp_path)
    read = load_model(tmp_path)
    assert all(torch.equal(tensor, read.state_dict()[name]) for name, tensor in model.state_dict().items())


def test_smoothing_saves_small_features_beside_a_large_one():
    draw = np.random.default_rng(0)
    states = draw.normal(size=(200, 16)).astype(np.float32)
    states[:, 3] *= 60
    weight = draw.normal(size=(16, 8)).astype(np.float32) * 0.1
    fitted = fit_eight_bit(states, weight)
    assert fitted.error < 5e-3
    assert not np.allclose(fitted.inverse, 1)
    assert np.abs(fitted.weight).max() <= 127


def test_rounding_is_made_good_by_the_features_that_are_left():
    draw = np.random.default_rng(1)
    states = (draw.normal(size=(600, 6)) @ draw.normal(size=(6, 32)) + 0.1 * draw.normal(size=(600, 32))).astype("f4")
    weight = draw.normal(size=(32, 8)).astype(np.float32)
    fitted = fit_eight_bit(states, weight)

    def error(integers):
        read = np.rint(states * fitted.inverse / fitted.scale) * fitted.scale
        missed = read @ (integers * fitted.weight_scale) - states @ weight
        return np.square(missed - missed.mean(axis=0)).mean()

    nearest = np.rint(weight / fitted.inverse[:, None] / fitted.weight_scale)
    assert error(fitted.weight) < 0.8 * error(nearest)
