"""From files to rows: every row is used or accounted for, and every error says where and how to mend it."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from reports.judgements.reading import read_judgements
from reports.statistics.ratings import ratings
from tests.agreement.files import TABLE, balanced, lines_of, table_file


def test_a_csv_of_three_columns(tmp_path):
    judgements = read_judgements(table_file(tmp_path, lines_of(TABLE)))
    assert len(judgements) == 4
    assert judgements.question.names == ("label",)
    assert judgements.clustered_by == "unit"
    question = judgements.scheme_of("label")
    assert question.label_names == ("favor", "neutral", "against")
    assert question.level == "ordinal"
    assert balanced(judgements).left_out == ()


@pytest.mark.parametrize("kind", ["csv", "semicolons.csv", "tsv", "jsonl", "parquet", "bom.csv"])
def test_every_format_gives_the_same_judgements(tmp_path, kind):
    path = tmp_path / f"votes.{kind}"
    if kind == "parquet":
        pq.write_table(
            pa.table(
                {name: [row[place] for row in TABLE] for place, name in enumerate(("unit", "annotator", "label"))}
            ),
            path,
        )
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps({"unit": u, "annotator": a, "label": v}) for u, a, v in TABLE))
    else:
        between = {"tsv": "\t", "semicolons.csv": ";"}.get(kind, ",")
        text = lines_of(TABLE).replace(",", between)
        path.write_text(("\ufeff" if kind == "bom.csv" else "") + text, encoding="utf-8")
    rated = ratings(read_judgements(path), "label")
    assert rated.counts().tolist() == [[1, 1, 0], [0, 0, 2]]
    assert rated.annotators == ("ann", "ben")


@pytest.mark.parametrize(
    ("head", "missing"), [("unit,annotator,stars", "'label'"), ("unit,label", "'annotator'"), ("a,b,c", "'unit', ")]
)
def test_missing_columns(tmp_path, head, missing):
    path = table_file(tmp_path, head + "\n1,2,3\n")
    with pytest.raises(InputError) as caught:
        read_judgements(path)
    assert missing in caught.value.what
    assert str(caught.value.where).startswith(f"{path}:1")
    assert "unit, annotator, label" in caught.value.fix


def test_an_empty_file_lacks_its_columns(tmp_path):
    with pytest.raises(InputError, match="no column"):
        read_judgements(table_file(tmp_path, ""))


def test_a_list_for_a_label(tmp_path):
    path = tmp_path / "votes.jsonl"
    path.write_text('{"unit": 1, "annotator": "a", "label": "x"}\n{"unit": 1, "annotator": "b", "label": ["x"]}\n')
    with pytest.raises(InputError, match="a list or an object") as caught:
        read_judgements(path)
    assert caught.value.where.line == 2


def test_updated_goes_before_created_wherever_it_stands(tmp_path):
    rows = [("u1", "ann", "favor", "2026-01-02", "2026-01-02"), ("u1", "ann", "against", "2026-01-01", "2026-01-05")]
    judgements = read_judgements(table_file(tmp_path, lines_of(rows, "unit,annotator,label,created,updated")))
    assert [judgements.label.value(row) for row in range(len(judgements))] == ["against"]
    assert judgements.account.notes == ("columns not used: created",)


def test_headers_are_read_as_people_write_them(tmp_path):
    assert len(read_judgements(table_file(tmp_path, lines_of(TABLE, "Unit, Annotator, LABEL")))) == 4


def test_a_quotation_mark_that_nothing_closes_is_found(tmp_path):
    path = table_file(
        tmp_path, lines_of([*((*row, "so") for row in TABLE)], "unit,annotator,label,text") + 'u3,ann,favor,"oh\n'
    )
    path.write_text(path.read_text() + "u4,ann,favor,so\n")
    with pytest.raises(InputError, match="a quotation mark is never closed") as caught:
        read_judgements(path)
    assert caught.value.where.line == 6


def test_a_field_may_be_long(tmp_path):
    long = "a" * 200_000
    path = table_file(tmp_path, lines_of([("u1", "ann", "x", long)], f"unit,annotator,label,{long}"))
    assert len(read_judgements(path)) == 1


def test_a_header_may_go_over_several_lines(tmp_path):
    path = table_file(tmp_path, lines_of([("x", "u1", "ann", "favor"), ("x",)], '"so\nlong",unit,annotator,label'))
    judgements = read_judgements(path)
    assert judgements.numbers["line"].tolist() == [3]
    assert balanced(judgements).left_out[0].examples == ((f"{path}:4", "x"),)


def test_a_column_that_stands_twice_is_named(tmp_path):
    path = table_file(tmp_path, lines_of([("u1", "ann", "favor", "against")], "unit,annotator,label,label"))
    with pytest.raises(InputError, match="column 'label' stands twice"):
        read_judgements(path)
    spare = table_file(tmp_path, lines_of([(*TABLE[0], "", "")], "unit,annotator,label,,"))
    assert len(read_judgements(spare)) == 1


def test_a_file_of_json_lines_without_one_object_says_so(tmp_path):
    path = table_file(tmp_path, '{"unit": "u1", "annotator"\n', "votes.jsonl")
    with pytest.raises(InputError, match="no JSON object") as caught:
        read_judgements(path)
    assert caught.value.where.line == 1


def test_halves_of_characters_do_no_harm(tmp_path):
    path = table_file(tmp_path, '{"unit": "u1", "annotator": "ann", "label": "so\\ud83d"}\n', "votes.jsonl")
    assert read_judgements(path).label.names == ("so\ufffd",)


def test_rows_of_another_width_are_left_out_with_their_lines(tmp_path):
    path = table_file(tmp_path, lines_of(TABLE) + "u9,ann\n")
    (left_out,) = balanced(read_judgements(path)).left_out
    assert left_out.examples == ((f"{path}:6", "u9,ann"),)


def test_quoted_line_breaks_do_not_shift_the_line_numbers(tmp_path):
    text = 'unit,annotator,label,seconds\n"u\n1",ann,favor,3\nu2,ann,favor,soon\n'
    with pytest.raises(InputError, match="'soon' is no number") as caught:
        read_judgements(table_file(tmp_path, text))
    assert caught.value.where.line == 4


def test_columns_that_are_not_used_are_named(tmp_path):
    judgements = read_judgements(table_file(tmp_path, lines_of([(*TABLE[0], "x")], "unit,annotator,label,mood")))
    assert judgements.account.notes == ("columns not used: mood",)


@pytest.mark.parametrize(("name", "text"), [("x.json", "{"), ("x.json", '{"a": 1}'), ("x.csv", b"\xff\xfe\x00")])
def test_files_that_are_something_else(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        read_judgements(path)
    assert caught.value.fix


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_judgements(tmp_path / "none.csv")


def test_broken_json_lines_are_accounted_for(tmp_path):
    path = tmp_path / "votes.jsonl"
    path.write_text('{"unit": 1, "annotator": "a", "label": "x"}\n{"unit": \n\n[1]\n')
    judgements = read_judgements(path)
    assert balanced(judgements).left_out[0].count == 2
