"""The document: every chapter in its order, every figure with its table and its sentence, every gap in words."""

from __future__ import annotations

import copy
import re

import pytest

from reports.document.charts import Intervals, Stack
from reports.document.compose import compose
from reports.document.document import Column, Figure, Listing, Missing, Prose, Table
from reports.document.references import REFERENCES, bibtex
from reports.statistics.analysis import analyse
from tests.agreement.make import judgements_of
from tests.report.made import document_on, report_on
from tests.report.studies import STUDIES

ORDER = (
    "design", "cleaning", "labels", "agreement", "sensitivity", "categories", "groups", "chain", "annotators",
    "anchoring", "model", "calibration", "disagreements", "consensus", "conclusions", "precision", "methods", "audit",
)  # fmt: skip


@pytest.mark.parametrize("name", STUDIES)
def test_every_report_has_every_chapter_and_no_empty_one(name):
    document = document_on(name)
    assert tuple(chapter.key for chapter in document.chapters) == ORDER
    for chapter in document.chapters:
        assert chapter.blocks, chapter.key
        assert chapter.lead.endswith(".")


@pytest.mark.parametrize("name", STUDIES)
def test_every_figure_is_explained_and_has_its_numbers(name):
    for chapter in document_on(name).chapters:
        for block in chapter.blocks:
            if isinstance(block, (Figure, Listing)):
                assert block.reading.strip().endswith(".")
                assert block.table.rows, block.table.name
                assert all(len(row) == len(block.table.columns) for row in block.table.rows)


@pytest.mark.parametrize("name", STUDIES)
def test_no_chart_is_empty(name):
    for chapter in document_on(name).chapters:
        for block in chapter.blocks:
            if isinstance(block, Figure) and isinstance(block.chart, Intervals):
                marks = [mark for row in block.chart.rows for mark in row.marks]
                assert any("value" in mark.estimate for mark in marks), block.title


@pytest.mark.parametrize("name", STUDIES)
def test_nothing_of_the_machinery_shows(name):
    text = " ".join(
        " ".join((block.what, block.reason, block.remedy)) if isinstance(block, Missing) else block.text
        for chapter in document_on(name).chapters
        for block in chapter.blocks
        if isinstance(block, (Missing, Prose))
    )
    found = re.findall(r"\b(?:None|nan|inf)\b|[{}]|undefined:|  |(?<!\.)\.\.(?!\.)", text)
    assert found == []


GAPS = {
    "one annotator": {"agreement", "sensitivity", "categories", "annotators", "anchoring", "model", "disagreements"},
    "one label": {"agreement", "sensitivity", "categories", "annotators", "precision"},
    "no overlap": {"agreement", "sensitivity", "categories", "annotators", "disagreements", "consensus", "precision"},
    "no blind arm": {"anchoring", "model", "calibration"},
    "three items": {"groups", "chain", "anchoring", "model", "calibration", "conclusions"},
    "one article": {"precision"},
    "many labels": {"categories", "consensus"},
    "full": set(),
}


@pytest.mark.parametrize("name", GAPS)
def test_what_cannot_be_said_is_said_with_reason_and_remedy(name):
    gaps = {
        chapter.key: [block for block in chapter.blocks if isinstance(block, Missing)]
        for chapter in document_on(name).chapters
    }
    assert {key for key, blocks in gaps.items() if blocks} >= GAPS[name]
    for blocks in gaps.values():
        for block in blocks:
            assert block.reason
            assert block.remedy.endswith(".")


def test_tables_have_names_of_their_own():
    report = report_on("one label")
    question = report["questions"]["label"]
    twice = compose({**report, "questions": {"a b": question, "a-b": question, "日本": question, "中国": question}})
    names = [table.name for table in twice.tables]
    assert len(set(names)) == len(names)


def test_the_title_is_the_verdict():
    assert document_on("perfect").title == "Annotators agree reliably on label"
    assert document_on("one annotator").title == "Annotators cannot yet be said to agree on label"
    assert document_on("full").title.startswith("Annotators do not agree reliably on speaker and stance")


def test_everything_cited_is_in_the_bibliography():
    document = document_on("full")
    assert set(document.cited) == set(REFERENCES)
    entries = bibtex(document.cited)
    assert entries.count("@") == len(document.cited)
    assert entries.count("{") == entries.count("}")


def test_the_methods_paragraph_tells_what_was_done():
    methods = document_on("full").methods
    for words in (
        "4 annotators gave",
        "60 articles",
        "ordinal distance",
        "seed 3",
        "60 resamples",
        "blind",
        "macro-F1",
    ):
        assert words in methods


def test_an_arm_that_nobody_was_in_is_not_drawn():
    for chapter in document_on("no blind arm").chapters:
        for block in chapter.blocks:
            if isinstance(block, Figure) and isinstance(block.chart, Intervals):
                assert "blind" not in block.chart.series


def test_what_no_model_answered_is_one_line_of_the_chapters_on_the_model():
    chapters = {chapter.key: chapter for chapter in document_on("full").chapters}
    for key in ("anchoring", "model", "calibration", "conclusions"):
        first = chapters[key].blocks[0]
        assert isinstance(first, Prose)
        assert first.text == "No model’s labels of speaker are known: a question for people only needs none."


def test_our_own_names_of_rows_are_not_cut():
    chain = next(chapter for chapter in document_on("full").chapters if chapter.key == "chain")
    figures = [block for block in chain.blocks if isinstance(block, Figure)]
    assert max(len(row.label) for figure in figures for row in figure.chart.rows) <= 26


def test_shares_that_nobody_corrected_are_not_to_be_published():
    report = report_on("full")
    few = {"undefined": "12 of the units were judged by people, fewer than 20"}
    found = copy.deepcopy(report["conclusions"]["stance"])
    for members in found["groups"].values():
        for each in members:
            for label in each["labels"].values():
                label["corrected"] = few
    document = compose({**report, "conclusions": {**report["conclusions"], "stance": found}})
    conclusions = next(chapter for chapter in document.chapters if chapter.key == "conclusions")
    figure = next(block for block in conclusions.blocks if isinstance(block, Figure))
    assert "not fit to publish" in figure.reading
    assert [block.what for block in conclusions.blocks if isinstance(block, Missing)] == ["Corrected shares"]


def test_a_value_without_an_interval_says_why():
    cells = ({"value": 1.0, "low": None, "high": None, "no_interval": "all 16 are alike"}, {"undefined": "no 1"})
    columns = tuple(Column(key=key, title=key, form="share") for key in ("a", "b"))
    table = Table(name="t", title="t", columns=columns, rows=(cells, cells))
    assert table.reasons == ("undefined: no 1", "no interval: all 16 are alike")


def test_rarer_labels_are_counted_and_not_drawn():
    categories = next(chapter for chapter in document_on("many labels").chapters if chapter.key == "categories")
    figure = next(block for block in categories.blocks if isinstance(block, Figure))
    assert len(figure.chart.rows) == 20
    assert figure.reading.endswith("130 rarer labels left out here.")


def test_every_question_has_the_key_figure_of_its_chapter_beside_its_name():
    chapters = {chapter.key: chapter for chapter in document_on("full").chapters}
    gists = {
        (key, heading.text): heading.gist
        for key, chapter in chapters.items()
        for heading, _ in chapter.parts
        if heading
    }
    assert gists["agreement", "stance"].startswith("α ordinal .")
    assert gists["labels", "stance"].startswith("most often neutral, ")
    assert not {("conclusions", "speaker"), ("model", "speaker"), ("anchoring", "speaker")} & gists.keys()
    assert all(gists.values())


@pytest.mark.parametrize("name", STUDIES)
def test_stacked_shares_add_up_and_the_rest_is_the_last(name):
    for chapter in document_on(name).chapters:
        for block in chapter.blocks:
            if isinstance(block, Figure) and isinstance(block.chart, Stack):
                assert all(sum(shares) == pytest.approx(1) for _, shares in block.chart.rows)
                assert block.chart.rest == block.chart.labels[-1].startswith("other (")


def test_of_many_labels_the_rest_is_counted():
    labels = next(chapter for chapter in document_on("many labels").chapters if chapter.key == "labels")
    (chart,) = [block.chart for block in labels.blocks if isinstance(block, Figure) and isinstance(block.chart, Stack)]
    assert chart.labels[-1] == "other (142)"


def test_speakers_whom_nobody_names_where_people_were_blind_are_not_scored():
    report = analyse(
        judgements_of(
            [
                {"unit": f"s{number}", "annotator": who, "question": "speaker", "label": name, "model_label": name}
                | ({"arm": "shown", "shown": name, "model": "m@1"} if name == "Cem" else {"arm": "blind"})
                for number, name in enumerate(["Ann", "Ben", "Cem"])
                for who in "AB"
            ]
        ),
        resamples=5,
    )
    model = next(chapter for chapter in compose(report).chapters if chapter.key == "model")
    scored = [
        block.table for block in model.blocks if isinstance(block, Figure) and block.title == "Score on each label"
    ]
    assert [row[0] for row in scored[0].rows] == ["Ann", "Ben"]
