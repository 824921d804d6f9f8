"""Charts: text stays text, colours come from the page, nothing is left to chance, hostile names stay names."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from reports.document.charts import (
    Bars,
    Caterpillar,
    Curve,
    Intervals,
    Mark,
    Matrix,
    Row,
    Specifications,
    Stack,
    pdf,
    svg,
)
from reports.document.charts_style import clipped
from tests.report.studies import HOSTILE

KNOWN = {"value": 0.4, "low": 0.3, "high": 0.5}
UNDEFINED = {"undefined": "nobody judged"}
BARE = {"value": 0.4, "low": None, "high": None, "no_interval": "one cluster"}
ROWS = tuple(Row(label=name, marks=(Mark(estimate=each),)) for name, each in
             ((HOSTILE, KNOWN), ("日本語の名前がとても長いとき", UNDEFINED), ("$x^2$", BARE)))  # fmt: skip
CHARTS = {
    "intervals": Intervals(rows=ROWS, lines=((0.667, ".667"), (0.8, ".800"))),
    "two series": Intervals(
        rows=(Row(label="a", marks=(Mark(estimate=KNOWN), Mark(estimate=KNOWN, series=1))),), series=("one", "two")
    ),
    "nothing known": Intervals(rows=ROWS[1:2]),
    "caterpillar": Caterpillar(estimates=(KNOWN, BARE, UNDEFINED) * 30, axis=HOSTILE, lines=((0.8, ".800"),)),
    "stack": Stack(labels=(HOSTILE, "b", "c"), ordered=True,
                   rows=(("all", (0.2, 0.3, 0.5)), (HOSTILE, (1.0, 0.0, 0.0)))),
    "bars": Bars(rows=((HOSTILE, 10, 4), ("b", 0, 0)), names=("part", "rest")),
    "matrix": Matrix(rows=(HOSTILE, "b"), columns=("a" * 40, "b"), cells=(("1", None), ("2", "3")),
                     shades=((1.0, 0.0), (0.5, 2.0)), row_title=HOSTILE, column_title="said"),
    "curve": Curve(points=((0.1, 0.2), (0.5, 0.4)), x=("x", "share"), y=("y", "coefficient"), diagonal=True),
    "one point": Curve(points=((5.0, 0.2),), x=("x", "count"), y=("y", "coefficient")),
    "specifications": Specifications(estimates=(KNOWN, BARE, KNOWN), lines=((0.8, ".800"),),
                                     choices=((HOSTILE, ((HOSTILE, (True, False, True)),)),)),
}  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_clean_svg(name, narrow):
    drawn = svg(CHARTS[name], HOSTILE, narrow=narrow)
    root = ElementTree.fromstring(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    assert {each.tag.split("}")[1] for each in root.iter()} <= {"svg", "g", "path", "text", "use", "defs", "rect"}
    assert not re.search(r"#[0-9a-f]{6}\b|font-family|<style|clip-path|http|nan", drawn)
    assert root.get("role") == "img"
    ids, used = re.findall(r' id="([^"]+)"', drawn), re.findall(r'href="#([^"]+)"', drawn)
    assert set(ids) == set(used)
    assert len(drawn) < 15_000
    assert svg(CHARTS[name], HOSTILE, narrow=narrow) == drawn


def test_names_can_be_selected_and_numbers_read():
    words = [each.text for each in ElementTree.fromstring(svg(CHARTS["intervals"], "t")).iter("text")]
    assert "$x^2$" in words
    assert ".400 [.30, .50]" in words
    assert "undefined" in words


def test_two_drawings_share_no_ids():
    wide, narrow = (svg(CHARTS["intervals"], "t", narrow=narrow) for narrow in (False, True))
    assert not set(re.findall(r' id="([^"]+)"', wide)) & set(re.findall(r' id="([^"]+)"', narrow))


def test_pdf_is_the_same_every_time():
    first = pdf(CHARTS["intervals"])
    assert first.startswith(b"%PDF")
    assert first == pdf(CHARTS["intervals"])


def test_long_names_are_clipped_by_width():
    assert clipped("short", 10) == "short"
    assert clipped("a name that is long", 10) == "a name th…"
    assert clipped("日本語の名前", 7) == "日本語…"
    assert clipped("a\n b\x00", 10) == "a b␀"


@pytest.mark.parametrize(
    ("value", "form"), [(1.0, "share"), (0.0, "share"), (1.0, "coefficient"), (0.99, "coefficient")]
)
def test_no_axis_runs_beyond_what_can_be(value, form):
    row = Row(label="a", marks=(Mark(estimate={**BARE, "value": value}),))
    for chart in (
        Intervals(rows=(row,), form=form),
        Caterpillar(estimates=(row.marks[0].estimate,), axis="a", form=form),
    ):
        shown = [
            float(each.rstrip("%")) / (100 if "%" in each else 1)
            for each in re.findall(r">(-?[\d.]+%?)<", svg(chart, "t"))
        ]
        assert shown
        assert form == "coefficient" or all(0 <= each <= 1 for each in shown)


def test_the_rest_of_a_stack_is_grey():
    drawn = svg(Stack(labels=("a", "b", "other (3)"), rows=(("all", (0.2, 0.3, 0.5)),), rest=True), "t")
    assert "var(--rule)" in drawn
    assert "var(--k2)" not in drawn
