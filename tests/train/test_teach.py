import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pipeline.errors import ConfigError  # noqa: E402
from pipeline.prelabel.onnx_classifier import OnnxClassifier  # noqa: E402
from pipeline.train.encoded import HEADS  # noqa: E402
from pipeline.train.publish import export  # noqa: E402
from pipeline.train.read import read_mixture  # noqa: E402
from pipeline.train.recipe import Part, load_recipe  # noqa: E402
from pipeline.train.runs import made_by  # noqa: E402
from pipeline.train.sources import Example  # noqa: E402
from pipeline.train.teach import Teacher, taught_shares  # noqa: E402


class Always:
    """A classifier that answers every pair alike, and counts them."""

    name, revision, labels = "always", "1", HEADS

    def __init__(self, *shares):
        self.shares, self.asked = np.array(shares, np.float32), 0

    def probabilities(self, pairs):
        self.asked += len(pairs)
        return {name: np.tile(self.shares, (len(pairs), 1)) for name in HEADS}


LABELLED = Example(text="it is good", target="the zoo", stance="favor", taught=0.5)
UNLABELLED = Example(text="it is", target="the zoo", taught=1)
UNTAUGHT = Example(text="it is bad", target="the zoo", stance="against")


def test_labels_and_teachers_are_mixed_and_only_teachers_answer_what_has_no_label(tmp_path):
    teachers = [
        Teacher(classifier=Always(0.0, 1.0, 0.0), weight=1),
        Teacher(classifier=Always(0.0, 0.0, 1.0), weight=3),
    ]
    shares = taught_shares([LABELLED, UNLABELLED, UNTAUGHT], teachers, tmp_path / "run" / "taught.npz")
    assert shares["stance"].tolist() == [[0.5, 0.125, 0.375], [0, 0.25, 0.75], [0, 0, 1]]
    assert shares["sentiment"].tolist() == [[0, 0, 0], [0, 0.25, 0.75], [0, 0, 0]]


def test_teachers_are_asked_once_for_what_they_teach_and_never_for_the_rest(tmp_path):
    teacher = Always(0.2, 0.3, 0.5)
    examples = [LABELLED, UNTAUGHT, UNLABELLED]
    asked = [taught_shares(examples, [Teacher(classifier=teacher, weight=2)], tmp_path / "taught.npz")] * 2
    assert teacher.asked == 2
    assert all(np.array_equal(asked[0][name], asked[1][name]) for name in HEADS)
    taught_shares([UNTAUGHT], [Teacher(classifier=teacher, weight=2)], tmp_path / "other.npz")
    assert teacher.asked == 2


def test_a_stage_learns_from_texts_without_labels_what_the_one_before_it_answers(recipe, data, tmp_path):
    first = recipe.model_copy(update={"mixture": recipe.mixture[:2], "name": "first"})
    (tmp_path / "first.yaml").write_text(first.model_dump_json())
    asked = Part(make="plain", sources=["news"], count=800, taught=1)
    schedule = recipe.schedule.model_copy(update={"seeds": [5]})
    second = recipe.model_copy(
        update={
            "mixture": [asked],
            "first_stage": "first.yaml",
            "teachers": [1.0],
            "folder": tmp_path,
            "schedule": schedule,
        }
    )
    out = tmp_path / "out"
    made = made_by(second, data, out)
    teacher = OnnxClassifier(out / "first" / "teacher")
    student = OnnxClassifier(export(made, out / "float32", second))
    pairs = [example.pair for example in read_mixture(second, data)[:100]]
    told, learnt = teacher.probabilities(pairs)["stance"], student.probabilities(pairs)["stance"]
    assert np.abs(told - learnt).mean() < 0.1
    assert len(set(told.argmax(axis=1))) == 3
    assert (out / "seed-5" / "taught.npz").is_file()


@pytest.mark.parametrize(
    ("teachers", "taught", "message"),
    [([], 0.5, "no teachers"), ([1.0, 1.0], 0.5, "2 teachers for 1 earlier"), ([1.0, 1.0], 0, "2 teachers for 1")],
)
def test_teachers_that_do_not_fit_the_stages_are_refused(recipe, tmp_path, teachers, taught, message):
    (tmp_path / "first.yaml").write_text(recipe.model_dump_json())
    part = recipe.mixture[0].model_copy(update={"taught": taught})
    path = tmp_path / "second.yaml"
    changed = recipe.model_copy(update={"mixture": [part], "first_stage": "first.yaml", "teachers": teachers})
    path.write_text(changed.model_dump_json())
    with pytest.raises(ConfigError, match=message):
        load_recipe(path)
