from __future__ import annotations

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.config_file import load_config
from pipeline.errors import ConfigError
from pipeline.labels import DEFAULT_SCHEME, target_from_words

FRAME = "{name: frame, instruction: which one, labels: [{name: a}, {name: b}], level: nominal, prelabelled: false}"


def test_the_documented_defaults_are_the_defaults(root):
    assert load_config(root / "configs" / "default.yaml") == Config()


def test_the_documented_file_shows_every_key_with_a_comment(root):
    text = (root / "configs" / "default.yaml").read_text()
    assert yaml.safe_load(text) == Config().model_dump(mode="json")
    keys = [line for line in text.splitlines() if line.lstrip().split("#")[0].strip().endswith(":") or ": " in line]
    assert keys


def test_the_default_scheme_survives_the_configuration():
    assert Config().scheme == DEFAULT_SCHEME


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("prelabel:\n  modle: x\n", 2, "no setting called 'modle'"),
        ("articles:\n  fields:\n    text: [a]\n    txt: [b]\n", 4, "no setting called 'txt'"),
        ("run:\n  chunk_articles: many\n", 2, "valid integer"),
        ("run:\n  chunk_articles: 0\n", 2, "greater than or equal to 1"),
        ("prelabel:\n  targets:\n    - name: Musk\n    - nme: Putin\n", 4, "(prelabel.targets"),
        ("prelabel:\n  questions: [irony]\n", 2, "no default question 'irony'"),
        ("prelabel:\n  hypotheses:\n    stance:\n      favor: He is for it.\n", 4, "should match pattern"),
        ("a: [1\nb: 2\n", 2, "not YAML"),
        ("- a list\n", 1, "not a mapping"),
        ("run: {}\nprelabel:\n  model: a\nrun: {}\n", 4, "'run' is there twice"),
        ("prelabel:\n  threads: 1\n  threads: 2\n", 3, "'threads' is there twice"),
        ("prelabel:\n  questions: [stance, stance]\n", 2, "'stance' is there twice"),
        ("prelabel:\n  targets: [{name: Musk}, {name: Musk}]\n", 2, "'Musk' is there twice"),
        (f"prelabel:\n  questions: [{FRAME}]\n", 2, "'frame' is asked of a name, of which no prelabelled question is"),
        (f"prelabel:\n  questions: [sentiment, {FRAME}]\n", 2, "'frame' is asked of a proposition, of which no"),
        ("prelabel:\n  targets: [Musk, {name: Musk}]\n", 2, "'Musk' is there twice"),
        ("prelabel:\n  targets:\n    - Musk\n    - ...\n", 4, "(prelabel.targets.1.name)"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, line, says):
    path = tmp_path / "c.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert says in str(caught.value)
    assert f"{path}:{line}" in str(caught.value)
    assert "Fix: " in str(caught.value)


def test_an_unknown_key_names_the_known_ones(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("prelabel:\n  questions:\n    - name: s\n      levle: ordinal\n")
    with pytest.raises(ConfigError):
        load_config(path)
    path.write_text("run:\n  chunks: 3\n")
    with pytest.raises(ConfigError, match="use one of: chunk_articles"):
        load_config(path)


def test_a_missing_file_is_said_to_be(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.yaml: .* cannot be read: No such file or directory\.\n"):
        load_config(tmp_path / "none.yaml")
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfea")
    with pytest.raises(ConfigError, match=r"cannot be read: it is not UTF-8\.\n"):
        load_config(tmp_path / "c.yaml")


@pytest.mark.parametrize("word", ["No", "2024", "[a]"])
def test_a_target_that_yaml_takes_for_no_words(tmp_path, word):
    (tmp_path / "c.yaml").write_text(f"prelabel:\n  targets: [{word}]\n")
    with pytest.raises(ConfigError, match="a target is words, in quotation marks where YAML sees none"):
        load_config(tmp_path / "c.yaml")


def test_an_empty_file_gives_the_defaults(tmp_path):
    (tmp_path / "c.yaml").write_text("# nothing\n")
    assert load_config(tmp_path / "c.yaml") == Config()


@given(st.text(max_size=60))
def test_any_text_is_a_configuration_or_one_clear_error(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        with suppress(ConfigError):
            load_config(path)


def test_a_question_for_people_only_is_in_their_scheme_and_not_in_the_models(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(f"prelabel:\n  questions: [stance, {FRAME}]\n")
    found = load_config(path)
    assert [question.name for question in found.scheme.questions] == ["stance", "frame"]
    assert [question.name for question in found.prelabelled.questions] == ["stance"]


def test_a_default_question_can_be_asked_by_its_name(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("prelabel:\n  questions: [stance]\n")
    assert load_config(path).scheme.questions == DEFAULT_SCHEME.questions[:1]


def test_a_target_can_be_given_by_its_mere_words(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("prelabel:\n  targets: [Paul Renner, the carbon tax, {name: Brexit, kind: proposition}]\n")
    targets = load_config(path).targets
    assert targets[:2] == (target_from_words("Paul Renner"), target_from_words("the carbon tax"))
    assert (targets[2].name, targets[2].kind) == ("Brexit", "proposition")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Elon Musk", "name"),
        ("Bank of England", "name"),
        ("NASA", "name"),
        ("an investigation into the contacts", "proposition"),
        ("We should abandon marriage", "proposition"),
        ("nuclear energy", "proposition"),
    ],
)
def test_the_kind_of_a_target_is_read_from_its_words(words, kind):
    assert target_from_words(words).kind == kind
