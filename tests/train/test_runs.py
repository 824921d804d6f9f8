import json

import pytest

torch = pytest.importorskip("torch")

from pipeline.errors import ConfigError  # noqa: E402
from pipeline.train.model import load_model  # noqa: E402
from pipeline.train.read import read_fold, read_mixture, read_source  # noqa: E402
from pipeline.train.recipe import load_recipe  # noqa: E402
from pipeline.train.runs import average, choose, made_by, train_runs  # noqa: E402


def with_schedule(recipe, **changes):
    return recipe.model_copy(update={"schedule": recipe.schedule.model_copy(update=changes)})


def test_a_run_never_sees_its_fold(recipe, data):
    folded = with_schedule(recipe, folds=3, seeds=[1, 2])
    for run in (0, 1):
        left = read_fold(folded, data, run)["news"]
        seen = read_mixture(folded.model_copy(update={"mixture": recipe.mixture[:1]}), data, run)
        assert left
        assert {row.text for row in left}.isdisjoint(row.text for row in seen)


def test_a_stage_can_leave_out_the_folds_of_all_that_go_on_from_it(recipe, data):
    one = with_schedule(recipe, folds=3)
    assert len(read_fold(with_schedule(one, left_out=3), data, 0)["news"]) == 60
    assert len(read_source(recipe, recipe.sources["news"], data)) == 60


def test_nothing_is_left_out_without_folds(recipe, data):
    assert read_fold(recipe, data, 0) == {}


def test_fewer_folds_than_seeds_are_refused(recipe, tmp_path):
    path = tmp_path / "recipe.json"
    path.write_text(with_schedule(recipe, folds=2, seeds=[1, 2, 3]).model_dump_json())
    with pytest.raises(ConfigError, match="fewer folds"):
        load_recipe(path)


def test_the_best_of_the_runs_and_their_average_is_taken(recipe, data, tmp_path):
    first = recipe.model_copy(update={"mixture": recipe.mixture[2:3], "name": "first"})
    (tmp_path / "first.yaml").write_text(first.model_dump_json())
    short = with_schedule(recipe, seeds=[1, 2]).model_copy(
        update={"mixture": recipe.mixture[1:2], "first_stage": "first.yaml", "folder": tmp_path}
    )
    trained = train_runs(short, data, tmp_path / "out")
    scores = json.loads((tmp_path / "out" / "candidates.json").read_text())
    assert list(scores) == ["seed 1", "seed 2", "average"]
    assert load_model(tmp_path / "out" / "first" / "seed-7" / "trained")
    assert (tmp_path / "out" / "training.svg").stat().st_size > 1000
    chosen = {"seed 1": "seed-1", "seed 2": "seed-2", "average": "average"}[choose(short, scores)]
    source = tmp_path / "out" / chosen / "trained" / "model.safetensors"
    assert (trained / "model.safetensors").read_bytes() == source.read_bytes()


def test_a_stage_goes_on_from_the_average_of_the_one_before_and_that_from_its_own(recipe, data, tmp_path):
    first = recipe.model_copy(update={"mixture": recipe.mixture[2:3], "name": "first"})
    second = with_schedule(recipe, seeds=[1, 2]).model_copy(
        update={"mixture": recipe.mixture[2:3], "first_stage": "first.yaml", "name": "second", "folder": tmp_path}
    )
    for stage in (first, second):
        (tmp_path / f"{stage.name}.yaml").write_text(stage.model_dump_json())
    out = tmp_path / "out"
    made = made_by(second, data, out)
    assert made == out / "average" / "trained"
    begun, ended = (load_model(out / at / "trained").state_dict() for at in ("first/seed-7", "average"))
    runs = [load_model(out / f"seed-{seed}" / "trained").state_dict() for seed in (1, 2)]
    for name, tensor in ended.items():
        assert torch.allclose(tensor, (runs[0][name] + runs[1][name]) / 2)
        assert torch.allclose(tensor, begun[name], atol=0.2)


def test_the_average_is_the_mean_of_every_weight(base, tmp_path):
    from tokenizers import Tokenizer

    from pipeline.train.model import new_model, save_model

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    folders = [tmp_path / "a", tmp_path / "b"]
    for seed, folder in enumerate(folders):
        torch.manual_seed(seed)
        save_model(new_model(base, {"stance": 3}, dropout=0.0, label_smoothing=0.0), tokenizer, folder)
    one, other = (load_model(folder).state_dict() for folder in folders)
    mean = load_model(average(folders, tmp_path / "mean")).state_dict()
    assert all(torch.allclose(mean[name], (one[name] + other[name]) / 2) for name in mean)


def test_a_stage_can_keep_a_share_of_what_it_went_on_from(recipe, data, tmp_path):
    stages = {
        "first": recipe.model_copy(update={"mixture": recipe.mixture[2:3]}),
        "second": recipe.model_copy(update={"mixture": recipe.mixture[1:2], "first_stage": "first.yaml", "kept": 0.25}),
    }
    for name, stage in stages.items():
        (tmp_path / f"{name}.yaml").write_text(stage.model_dump_json(exclude_none=True))
    out = tmp_path / "out"
    trained = train_runs(load_recipe(tmp_path / "second.yaml"), data, out)
    places = {"begun": out / "first/seed-7/trained", "ended": out / "seed-7/trained", "made": trained}
    begun, ended, made = (load_model(place).state_dict() for place in places.values())
    assert all(torch.allclose(made[name], 0.25 * begun[name] + 0.75 * ended[name]) for name in made)
    assert any(not torch.equal(made[name], ended[name]) for name in made)


def test_a_first_stage_has_nothing_to_keep(recipe, tmp_path):
    (tmp_path / "recipe.json").write_text(recipe.model_copy(update={"kept": 0.5}).model_dump_json(exclude_none=True))
    with pytest.raises(ConfigError, match="goes on from no") as caught:
        load_recipe(tmp_path / "recipe.json")
    assert "first_stage" in caught.value.fix


@pytest.mark.parametrize("aside", ["zero_shot", "held_out"])
def test_sets_that_stand_aside_take_no_part_in_the_choice(recipe, aside):
    far = recipe.measures["debate"].model_copy(update={aside: True})
    plan = recipe.model_copy(update={"measures": {**recipe.measures, "debate": far}})
    scores = {
        "seed 1": {"dev": {"news": 0.8, "debate": 0.1}, "fold": {}},
        "seed 2": {"dev": {"news": 0.7, "debate": 0.9}, "fold": {}},
    }
    assert choose(plan, scores) == "seed 1"
    assert choose(recipe, scores) == "seed 2"
