"""From rows to judgements: what counts once, what is a label, and what is left out."""

from __future__ import annotations

import json

import pytest

from pipeline.errors import ConfigError, InputError
from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Question
from reports.judgements.reading import read_judgements
from tests.agreement.files import TABLE, balanced, lines_of, table_file


def test_numbers_stand_in_their_order(tmp_path):
    path = tmp_path / "numbers.jsonl"
    rows = [{"unit": 1, "annotator": 1, "label": 10}, {"unit": 1, "annotator": 2, "label": 2.0}]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert read_judgements(path).scheme_of("label").label_names == ("2", "10")


def test_unknown_words_are_nominal(tmp_path):
    judgements = read_judgements(table_file(tmp_path, lines_of([("u", "a", "cat"), ("u", "b", "dog")])))
    assert judgements.scheme_of("label").level == "nominal"


def test_mixed_types_are_named_with_their_line(tmp_path):
    path = table_file(tmp_path, lines_of([("u1", "a", "1"), ("u1", "b", "2"), ("u2", "a", "three")]))
    with pytest.raises(InputError, match="mix numbers and words: 'three'") as caught:
        read_judgements(path)
    assert f"{path}:4 (label)" in str(caught.value)


def test_contradicting_duplicates_are_an_error_that_names_bothlines_of(tmp_path):
    path = table_file(tmp_path, lines_of([*TABLE, ("u1", "ann", "against")]))
    with pytest.raises(InputError, match="ann judged u1 twice: 'favor' in line 2, 'against' here") as caught:
        read_judgements(path)
    assert caught.value.where.line == 6
    assert "time" in caught.value.fix


def test_equal_duplicates_count_once_and_are_accounted_for(tmp_path):
    path = table_file(tmp_path, lines_of([*TABLE, TABLE[0]]))
    (left_out,) = balanced(read_judgements(path)).left_out
    assert (left_out.reason, left_out.count) == ("the same judgement twice", 1)
    assert left_out.examples == ((f"{path}:6 (label)", "favor"),)


def test_the_latest_of_several_judgements_is_kept(tmp_path):
    rows = [("u1", "ann", "favor", "2026-01-02"), ("u1", "ann", "against", "2026-01-01"), ("u1", "ben", "favor", "")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,updated")))
    assert [judgements.label.value(row) for row in range(2)] == ["favor", "favor"]
    assert balanced(judgements).left_out[0].reason.startswith("an earlier judgement")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("999", "1000"), ("2026-03-01T10:00:00+02:00", "2026-03-01T09:00:00Z"), ("2026-09-30", "2026-10-01T00:00:00")],
)
def test_times_are_compared_as_times(tmp_path, earlier, later):
    rows = [("u1", "ann", "against", later), ("u1", "ann", "favor", earlier), ("u1", "ben", "favor", "")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,time")))
    assert judgements.label.value(0) == "against"


def test_a_time_that_cannot_be_read_matters_only_where_it_decides(tmp_path):
    rows = [("u1", "ann", "favor", "9/1/2026"), ("u1", "ann", "favor", "10/1/2026"), ("u1", "ben", "favor", "")]
    assert len(read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,time")))) == 2
    rows[1] = ("u1", "ann", "against", "10/1/2026")
    with pytest.raises(InputError, match="no time that tells") as caught:
        read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,time")))
    assert (caught.value.where.line, caught.value.where.field) == (2, "time")


def test_two_answers_of_the_same_latest_time_contradict_each_other(tmp_path):
    rows = [("u1", "ann", "favor", "1"), ("u1", "ann", " against", "2"), ("u1", "ann", "against", "2")]
    path = table_file(tmp_path, lines_of(rows, "unit,annotator,label,time"))
    judgements = read_judgements(path)
    assert judgements.label.value(0) == "against"
    assert [each.count for each in balanced(judgements).left_out] == [1, 1]
    with path.open("a") as file:
        file.write("u1,ann,neutral,2\n")
    with pytest.raises(InputError, match="'against' in line 3, 'neutral' here") as caught:
        read_judgements(path)
    assert caught.value.where.line == 5


def test_the_same_label_written_otherwise_is_no_contradiction(tmp_path):
    rows = [("u1", "ann", "1"), ("u1", "ann", " 1.0"), ("u1", "ben", "2")]
    assert len(read_judgements(table_file(tmp_path, lines_of(rows)))) == 2


def test_numbers_are_the_same_however_they_are_written(tmp_path):
    rows = [("u1", "ann", "1", "rate"), ("u1", "ben", "1.0", "rate"), ("u1", "ann", "yes", "check")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")))
    assert judgements.scheme_of("rate").label_names == ("1",)
    labels = tuple(Label(name=name) for name in ("1", "2"))
    scheme = LabelScheme(questions=(Question(name="label", instruction="", labels=labels, level="ordinal"),))
    path = table_file(tmp_path, lines_of([("u1", "ann", "1.0"), ("u1", "ben", "2.00"), ("u2", "ann", "3.0")]))
    named = read_judgements(path, scheme)
    assert [named.label.value(row) for row in range(2)] == ["1", "2"]
    assert balanced(named).left_out[0].count == 1


def test_what_is_compared_with_labels_is_written_like_them(tmp_path):
    rows = [("u1", "ann", "1", "1.0", "2.0", "1"), ("u1", "ben", "2.0", "1", "2", "1.00")]
    path = table_file(tmp_path, lines_of(rows, "unit,annotator,label,shown,gold,model_label"))
    judgements = read_judgements(path)
    labels = judgements.scheme_of("label").label_names
    assert labels == ("1", "2.0")
    found = {name: judgements.factors[name].coded(labels).tolist() for name in ("shown", "gold", "model_label")}
    assert found == {"shown": [0, 0], "gold": [1, 1], "model_label": [0, 0]}


def test_numbers_too_long_for_a_scale_are_names(tmp_path):
    rows = [("u1", "ann", "12345678901234567890"), ("u1", "ben", "12345678901234567891")]
    question = read_judgements(table_file(tmp_path, lines_of(rows))).scheme_of("label")
    assert (len(question.label_names), question.level) == (2, "nominal")


def test_a_row_without_its_question_is_left_out_as_such(tmp_path):
    rows = [("u1", "ann", "yes", "check"), ("u1", "ben", "yes", "")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")))
    assert [(each.reason, each.count) for each in balanced(judgements).left_out] == [("no question", 1)]


def test_labels_of_no_question_are_those_of_the_only_one(tmp_path):
    labels = tuple(Label(name=name) for name in ("no", "yes"))
    scheme = LabelScheme(questions=(Question(name="label", instruction="", labels=labels, level="ordinal"),))
    rows = [("u1", "ann", "yes", "check"), ("u1", "ben", "maybe", "check")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")), scheme)
    assert judgements.scheme_of("check").label_names == ("no", "yes")
    assert len(judgements) == 1
    rows.append(("u1", "ann", "yes", "stance"))
    with pytest.raises(ConfigError, match="several questions were asked") as caught:
        read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")), scheme)
    assert "prelabel.questions" in caught.value.fix


def test_a_speaker_may_be_called_a_number(tmp_path):
    rows = [("s1", "ann", "538", "speaker"), ("s1", "ben", "Keller", "speaker"), ("s2", "ann", "538.0", "speaker")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")))
    assert judgements.scheme_of("speaker").level == "nominal"
    assert judgements.scheme_of("speaker").label_names == ("538", "538.0", "Keller")


@pytest.mark.parametrize("yes", ["true", "Yes", "T", "1.0"])
def test_whatever_says_yes_is_skipped(tmp_path, yes):
    rows = [("u1", "ann", "favor", yes), ("u1", "ben", "favor", "0.0"), ("u2", "ben", "favor", "")]
    assert len(read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,skipped")))) == 2


def test_what_is_neither_yes_nor_no_is_asked_about(tmp_path):
    path = table_file(tmp_path, lines_of([("u1", "ann", "favor", "perhaps")], "unit,annotator,label,skipped"))
    with pytest.raises(InputError, match="neither yes nor no") as caught:
        read_judgements(path)
    assert caught.value.where.line == 2


def test_occasions_may_be_counted_from_one(tmp_path):
    rows = [("u1", "ann", "favor", "1"), ("u1", "ann", "against", "2"), ("u1", "ben", "favor", "1")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,occasion")))
    assert len(judgements.first_looks()) == 2


@pytest.mark.parametrize("occasion", ["-1", "0.5", "inf"])
def test_occasions_are_counted(tmp_path, occasion):
    rows = [("u1", "ann", "favor", "0"), ("u1", "ben", "favor", occasion)]
    with pytest.raises(InputError, match=r"is no (whole )?number") as caught:
        read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,occasion")))
    assert (caught.value.where.line, caught.value.where.field) == (3, "occasion")


def test_second_looks_are_no_duplicates(tmp_path):
    rows = [("u1", "ann", "favor", "0"), ("u1", "ann", "against", "1"), ("u1", "ben", "favor", "")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,occasion")))
    assert len(judgements) == 3
    assert len(judgements.first_looks()) == 2


def test_missing_skipped_and_foreign_labels_are_counted(tmp_path):
    rows = [*((*row, "") for row in TABLE), ("u3", "ann", "", ""), ("u3", "ben", "maybe", ""), ("u4", "", "favor", "")]
    rows.append(("u4", "ben", "favor", "true"))
    scheme = LabelScheme(questions=(DEFAULT_SCHEME.questions[0],))
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,skipped")), scheme)
    found = {each.reason: each.count for each in balanced(judgements).left_out}
    assert found == {
        "skipped by the annotator": 1,
        "no annotator": 1,
        "no label": 1,
        "a label outside the scheme": 1,
    }


@pytest.mark.parametrize("probability", ["0", "1.5", "-1"])
def test_probabilities_are_probabilities(tmp_path, probability):
    rows = [(*TABLE[0], probability)]
    with pytest.raises(InputError, match="no probability"):
        read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,probability")))


def test_units_in_two_articles_are_drawn_one_by_one(tmp_path):
    rows = [("u1", "ann", "favor", "a1"), ("u1", "ben", "favor", "a2")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,article")))
    assert judgements.clustered_by == "unit"
    assert "more than one" in judgements.account.notes[0]


def test_several_questions_keep_apart(tmp_path):
    rows = [("u1", "ann", "favor", "stance"), ("u1", "ann", "yes", "check"), ("u1", "ben", "no", "check")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")))
    assert len(judgements.of("check")) == 2
    with pytest.raises(KeyError):
        judgements.of("mood")


def test_a_scheme_of_one_question_serves_a_table_without_a_question(tmp_path):
    labels = tuple(Label(name=name) for name in ("against", "neutral", "favor"))
    scheme = LabelScheme(questions=(Question(name="stance", instruction="", labels=labels, level="ordinal"),))
    judgements = read_judgements(table_file(tmp_path, lines_of(TABLE)), scheme)
    assert judgements.scheme_of("label").label_names == ("against", "neutral", "favor")


def test_the_digest_tells_different_judgements_apart(tmp_path):
    one = read_judgements(table_file(tmp_path, lines_of(TABLE))).digest()
    again = read_judgements(table_file(tmp_path, lines_of(TABLE), "other.csv")).digest()
    other = read_judgements(table_file(tmp_path, lines_of(TABLE).replace("neutral", "favor"))).digest()
    assert one == again != other


@pytest.mark.parametrize("written", ["n/a", "N/a", "na", "NULL", "Null", "NAN", " n/a "])
def test_a_missing_label_is_missing_in_any_capitals(tmp_path, written):
    judgements = read_judgements(table_file(tmp_path, lines_of([*TABLE, ("u3", "ann", written)])))
    assert [(each.reason, each.count) for each in balanced(judgements).left_out] == [("no label", 1)]


def test_somebody_may_be_called_na(tmp_path):
    rows = [("s1", "Nan", "Na", "speaker"), ("s1", "ben", "NA", "speaker"), ("s2", "Nan", "Null", "speaker")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,question")))
    assert judgements.scheme_of("speaker").label_names == ("Na", "Null")
    assert judgements.annotator.names == ("Nan",)


SPELT = [("u1", "ann", "Favor"), ("u1", "ben", "favor"), ("u2", "ann", "FAVOR"), ("u2", "ben", "strongly  against"),
         ("u3", "ann", "strongly against")]  # fmt: skip


def test_labels_that_differ_in_capitals_or_spaces_are_noted_and_not_merged(tmp_path):
    judgements = read_judgements(table_file(tmp_path, lines_of(SPELT)))
    assert len(judgements.scheme_of("label").label_names) == 5
    first, second = judgements.account.notes
    assert first.startswith("label: 'FAVOR', 'Favor', 'favor' differ in capitals or spaces alone")
    assert "'strongly  against', 'strongly against'" in second


def test_of_a_scheme_the_label_that_is_meant_is_taken_and_noted(tmp_path):
    labels = tuple(Label(name=name) for name in ("favor", "Strongly against", "STRONGLY AGAINST"))
    scheme = LabelScheme(questions=(Question(name="label", instruction="", labels=labels, level="ordinal"),))
    judgements = read_judgements(table_file(tmp_path, lines_of(SPELT)), scheme)
    assert [judgements.label.value(row) for row in range(len(judgements))] == ["favor"] * 3
    assert balanced(judgements).left_out[0].count == 2, "of these nobody can say which of two labels is meant"
    assert judgements.account.notes == (
        "capitals and spaces do not count in the column label: 'Favor' as 'favor', 'FAVOR' as 'favor'",
    )


def test_a_pre_label_in_other_capitals_is_noted(tmp_path):
    rows = [("u1", "ann", "favor", "Favor", "stance"), ("u1", "ben", "against", "Favor", "stance")]
    path = table_file(tmp_path, lines_of(rows, "unit,annotator,label,shown,question"))
    assert "'Favor', 'favor' differ" in read_judgements(path).account.notes[0]
    (note,) = read_judgements(path, DEFAULT_SCHEME).account.notes
    assert note == "capitals and spaces do not count in the column shown: 'Favor' as 'favor'"
