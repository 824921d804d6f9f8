import subprocess
import sys

import pytest

from pipeline.cli.train import _Reporter, train_command
from pipeline.errors import ConfigError, ModelError

WITHOUT_TORCH = """
import sys
from pathlib import Path
sys.modules["torch"] = None
from pipeline.cli.train import train_command
from pipeline.errors import MissingExtraError
try:
    train_command(Path("recipe.yaml"), Path("data"), Path("out"))
except MissingExtraError as error:
    print(error)
"""


def test_without_torch_the_extra_is_named(root):
    done = subprocess.run([sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, cwd=root, check=True)
    assert "training needs torch" in done.stdout
    assert 'pip install "onrecord[torch]"' in done.stdout


def test_the_command_makes_a_model_with_its_card(recipe, data, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    path = tmp_path / "recipe.yaml"
    path.write_text(recipe.model_dump_json())
    train_command(path, data, tmp_path / "out")
    shown = capsys.readouterr()
    assert "minutes left" in shown.err
    assert "Next: set prelabel.model" in shown.out
    folder = tmp_path / "out" / "embedded"
    assert {file.name for file in folder.iterdir()} == {"model.onnx", "tokenizer.json", "config.json", "README.md"}


def test_going_on_from_another_model_a_recipe_has_no_stage_to_keep_of(recipe, data, tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text(recipe.model_copy(update={"kept": 0.5, "first_stage": "first.yaml"}).model_dump_json())
    (tmp_path / "first.yaml").write_text(recipe.model_dump_json())
    with pytest.raises(ConfigError, match="no answers that it could keep"):
        train_command(path, data, tmp_path / "out", init="embedded")


def test_what_is_only_emulated_is_said(recipe, data, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("pipeline.train.precision.has_bfloat16", lambda: False)
    for precision, said in (("bfloat16", True), ("float32", False)):
        schedule = recipe.schedule.model_copy(update={"precision": precision})
        path = tmp_path / "recipe.yaml"
        path.write_text(recipe.model_copy(update={"schedule": schedule}).model_dump_json())
        with pytest.raises(ModelError):
            train_command(path, data, tmp_path / precision, init="nowhere")
        assert ("emulated" in capsys.readouterr().err) is said


def test_progress_is_for_terminals_only(capsys):
    report = _Reporter()
    report(1, 2, 0.5)
    assert capsys.readouterr().err == ""


def test_another_model_can_be_gone_on_from(recipe, data, tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text(recipe.model_dump_json())
    with pytest.raises(ModelError, match="no base model called 'nowhere'"):
        train_command(path, data, tmp_path / "out", init="nowhere")
