"""The report's files: inert whatever the names, equal every time, numbers in full in CSV."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest

from pipeline.errors import RunError
from reports.document.document import Column, Table
from reports.document.render import files_of, names_of, write_report
from reports.document.render_csv import csv_of
from reports.document.render_latex import escaped
from reports.document.render_latex import latex_of as latex
from reports.document.render_markdown import markdown_of, plain
from tests.report.made import document_on, page_on, report_on
from tests.report.studies import HOSTILE, STUDIES


@pytest.mark.parametrize("name", STUDIES)
def test_the_page_is_one_file_without_scripts(name):
    page = page_on(name)
    assert "<script" not in page
    assert not re.search(r"<(img|iframe|object|embed|link|base|form)\b|@import|url\(", page)
    assert {address.split(":")[0] for address in re.findall(r'href="([^"#][^"]*)"', page)} <= {"data", "https"}
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert len(page) < 3_000_000


def test_both_pages_share_one_palette(root):
    for page in ("article.html.j2", "report.html.j2"):
        template = (root / "reports" / "templates" / page).read_text(encoding="utf-8")
        assert '{% include "house.css" %}' in template


def test_markdown_holds_no_markup_of_the_users():
    assert plain("[x](javascript:1) <b> *a* | `c`") == r"\[x\](javascript:1) \<b\> \*a\* \| `c`"
    text = markdown_of(document_on("hostile"))
    assert "<script" not in text.replace(r"\<script", "")
    assert "\x00" not in text
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert rows


def test_every_row_of_a_markdown_table_has_as_many_cells():
    for block in re.split(r"\n\n", markdown_of(document_on("full"))):
        rows = [line for line in block.split("\n") if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1


def test_latex_runs_no_command_of_the_users():
    assert escaped(r"\input{x} 50% a_b $1") == r"\textbackslash{}input\{x\} 50\% a\_b \$1"
    assert escaped("as said [@gwet2008; @efron1987] here") == r"as said \citep{gwet2008,efron1987} here"
    text = latex(document_on("hostile"))
    assert "__pwned" not in text
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") > 5


def test_csv_holds_numbers_in_full_and_no_formula():
    table = Table(
        name="t",
        title="t",
        columns=(Column(key="who", title="who"), Column(key="alpha", title="α", form="coefficient")),
        rows=(("=1+1", {"value": 1 / 3, "low": 0.1, "high": 0.5}), ("-1", {"undefined": "why, so"}), ("@a", None)),
    )
    rows = list(csv.reader(StringIO(csv_of(table))))
    assert rows == [
        ["who", "alpha", "alpha_low", "alpha_high", "alpha_undefined"],
        ["'=1+1", repr(1 / 3), "0.1", "0.5", ""],
        ["-1", "", "", "", "why, so"],
        ["'@a", "", "", "", ""],
    ]


def test_the_same_report_gives_the_same_bytes():
    report = report_on("three items")
    assert files_of(report) == files_of(json.loads(json.dumps(report)))


def test_a_report_is_written_and_tables_of_an_earlier_one_go(tmp_path):
    (tmp_path / "tables").mkdir()
    for name in ("tables/old.csv", "tables/mine.csv", "mine.csv"):
        (tmp_path / name).write_text("old")
    earlier = {"provenance": {"files": ["tables/old.csv", "../mine.csv", "mine.csv"]}}
    (tmp_path / "report.json").write_text(json.dumps(earlier))
    paths = write_report(report_on("three items"), tmp_path)
    names = {path.name for path in paths}
    assert {"report.json", "report.html", "report.md", "report.tex", "references.bib", "design.csv"} <= names
    assert not (tmp_path / "tables" / "old.csv").exists()
    assert (tmp_path / "tables" / "mine.csv").exists(), "no report ever wrote it"
    assert (tmp_path / "mine.csv").exists()
    assert all(path.stat().st_size for path in paths)


def test_the_names_are_those_of_the_files():
    report = report_on("three items")
    assert sorted(names_of(report)) == sorted(files_of(report))


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "report").write_text("a file")
    with pytest.raises(RunError, match="cannot be written"):
        write_report(report_on("three items"), tmp_path / "report")


def test_hostile_names_are_shown_as_they_are():
    assert HOSTILE.startswith("<script>")
    assert "&lt;script&gt;window.__pwned=1" in page_on("hostile")


def test_each_question_of_a_chapter_folds_under_its_key_figure():
    page = page_on("full")
    parts = re.findall(r'<details class="part"( open)?>\s*<summary>(.*?)</summary>', page)
    folds = [len(chapter.parts) - 1 for chapter in document_on("full").chapters]
    assert {0, 1, 2} == set(folds)
    assert [bool(opened) for opened, _ in parts] == [place == 0 for number in folds for place in range(number)]
    assert all(
        re.search(r'<h3 class="question"><bdi>\w+</bdi></h3><span class="gist">[^<]+</span>', each) for _, each in parts
    )
    assert ".part::details-content { content-visibility: visible" in page, "on paper nothing is folded"


def test_a_report_on_one_question_folds_nothing():
    assert '<details class="part"' not in page_on("three items")


def test_short_names_at_the_head_of_a_row_stay_in_one_line():
    assert '<th scope="row" class="whole"><bdi>Daisuke</bdi></th>' in page_on("full")
    assert '<th scope="row"><bdi>an investigation into the contacts</bdi></th>' in page_on("full")
