import shutil

import pytest

from pipeline.errors import ModelError

torch = pytest.importorskip("torch")

from pipeline.train.encoded import HEADS  # noqa: E402
from pipeline.train.fit import train  # noqa: E402
from pipeline.train.model import load_model, new_model, save_model  # noqa: E402
from pipeline.train.publish import export, quantise  # noqa: E402
from pipeline.train.start import find_base, first_model  # noqa: E402


def started(folder):
    return first_model(folder, HEADS, dropout=0.0, label_smoothing=0.0)


@pytest.fixture(scope="module")
def trained(base, tmp_path_factory):
    """A model with random weights, saved as training saves it."""
    from tokenizers import Tokenizer

    folder = tmp_path_factory.mktemp("trained")
    torch.manual_seed(3)
    model = new_model(base, {name: len(of) for name, of in HEADS.items()}, dropout=0.0, label_smoothing=0.0)
    save_model(model, Tokenizer.from_file(str(base / "tokenizer.json")), folder)
    return folder


def test_a_base_that_is_not_there_is_named():
    with pytest.raises(ModelError, match="no base model called 'nowhere'"):
        find_base("nowhere")


def test_pickled_weights_are_refused(base, tmp_path):
    folder = tmp_path / "pickled"
    shutil.copytree(base, folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="pickled"):
        find_base(str(folder))


def test_a_base_without_its_tokenizer_is_refused(base, tmp_path):
    folder = tmp_path / "mute"
    shutil.copytree(base, folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"no tokenizer\.json"):
        find_base(str(folder))


def test_training_goes_on_from_what_was_trained(recipe, data, trained, tmp_path):
    short = recipe.model_copy(update={"base": str(trained), "mixture": recipe.mixture[1:2]})
    further = load_model(train(short, data, tmp_path))
    before = load_model(trained).state_dict()
    assert any(not torch.equal(before[name], tensor) for name, tensor in further.state_dict().items())


def test_a_model_folder_is_gone_on_with_as_exactly_as_its_integers_keep_it(recipe, data, trained, tmp_path):
    wanted = load_model(trained).state_dict()
    small = started(quantise(trained, data, tmp_path / "embedded", recipe)).state_dict()
    exact = started(export(trained, tmp_path / "float32", recipe)).state_dict()
    for name, tensor in wanted.items():
        assert torch.equal(exact[name], tensor)
        if tensor.ndim == 2:
            assert (small[name] - tensor).norm() < 0.03 * tensor.norm()


def test_a_model_with_other_heads_is_refused(base, tmp_path):
    from tokenizers import Tokenizer

    model = new_model(base, {"stance": 2}, dropout=0.0, label_smoothing=0.0)
    save_model(model, Tokenizer.from_file(str(base / "tokenizer.json")), tmp_path)
    with pytest.raises(ModelError, match="the model answers stance"):
        started(tmp_path)
