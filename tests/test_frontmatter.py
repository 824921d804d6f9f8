from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.frontmatter import read_front

BODY = "The president said on Monday that he would go. Nobody asked him why."


def parts(text, title=None):
    """Metadata, headline, dateline and date, and the first words of the body."""
    front = read_front(text, title)
    cut = [None if span is None else text[slice(*span)] for span in (front.headline, front.dateline)]
    return [text[slice(*span)] for span in front.metadata], *cut, front.date, text[front.body_start :][:13]


def test_the_seed(root):
    text = (root / "seeds" / "seed.txt").read_bytes().decode()
    metadata, headline, dateline, date, body = parts(text)
    assert metadata == ["date 2024-10-25"]
    assert headline.startswith("NASA administrator advocates for probe")
    assert headline.endswith("between Musk and Putin")
    assert (dateline, date, body) == (None, "2024-10-25", "The report su")


@pytest.mark.parametrize(
    ("front", "metadata", "headline", "date"),
    [
        ("Fire kills two\n\n", [], "Fire kills two", None),
        ("Who sent them?\r\n\r\n", [], "Who sent them?", None),
        ("# Fire kills two\n\n", ["#"], "Fire kills two", None),
        ("Fire kills two\nBy JANE DOE\n", ["By JANE DOE"], "Fire kills two", None),
        (
            "Oct. 25, 2024\n\nFire kills two\n\nBy Jo O'Neil, AP\n\n",
            ["Oct. 25, 2024", "By Jo O'Neil, AP"],
            "Fire kills two",
            "2024-10-25",
        ),
        ("Title: Fire kills two.\nSource: BBC News\n\n", ["Title:", "Source: BBC News"], "Fire kills two.", None),
        (
            "---\ntitle: Fire\ndate: 2024-10-25\n---\n\n",
            ["---", "title:", "date: 2024-10-25", "---"],
            "Fire",
            "2024-10-25",
        ),
        (
            "Fire kills two\n(Reuters)\nUpdated 10:05 GMT, 25 October 2024\n\n",
            ["(Reuters)", "Updated 10:05 GMT, 25 October 2024"],
            "Fire kills two",
            "2024-10-25",
        ),
    ],
)
def test_fronts(front, metadata, headline, date):
    assert parts(front + BODY) == (metadata, headline, None, date, BODY[:13])


@pytest.mark.parametrize(
    "dateline",
    [
        "WASHINGTON —",
        "WASHINGTON ―",
        "WASHINGTON --",
        "BRUSSELS -",
        "WASHINGTON (Reuters) -",
        "LONDON, Oct 25 (AP) —",
        "HEMPSTEAD, N.Y., Sept. 26 (UPI) —",
        "NEWPORT NEWS, Va. -",
        "SALT LAKE CITY/WASHINGTON, Oct 25 (Reuters) -",
        "PARIS, 3 May 2024 / AFP —",
        "Mexico City (AFP) –",
        "Dec 29 (Reuters) -",
        "(CNN) —",
        "NEW DELHI (PTI):",
    ],
)
def test_datelines(dateline):
    assert parts(f"Fire kills two\n\n{dateline} {BODY}")[1:3] == ("Fire kills two", dateline)
    assert parts(f"{dateline}\xa0“{BODY}”")[1:] == (
        None,
        dateline,
        "2024-05-03" if "2024" in dateline else None,
        "“" + BODY[:12],
    )


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"He said no.\n\n{BODY}",
        f"He said “no.”\n\n{BODY}",
        f"The president said on Monday that\nPutin and others had\nbeen there. {BODY}",
        f"the lower case line\n\n{BODY}",
        f"Three things happened:\n\n{BODY}",
        f"{'Long ' * 50}line\n\n{BODY}",
        f"He went home. She did not\n\n{BODY}",
        "Fire kills two",
        "Fire kills two\n\n",
        "One line\n\nAnother line\n\nA third line",
        f"By Monday, he had left the town.\n\n{BODY}",
        f"Published last week in Nature, the study says so.\n\n{BODY}",
        f"NASA - the agency - said so. {BODY}",
        f"UPDATE — The thing is this. {BODY}",
        f"Rep. Ana Ruiz (R-S.C.): {BODY}",
        f"COVID-19 is back. {BODY}",
        f"7 p.m.\n\n{BODY}",
    ],
)
def test_what_is_body_stays_body(text):
    assert parts(text) == ([], None, None, None, text[:13])


def test_a_first_line_that_says_the_title_is_the_headline():
    assert parts(f"‘Fire’ kills two.\n\n{BODY}", "“Fire” Kills Two")[1] == "‘Fire’ kills two."
    assert parts(f"Fire kills; \nTwo hurt.\n\n{BODY}", "Fire kills; two hurt")[1] == "Fire kills; \nTwo hurt."
    assert parts(f"Fire kills two more.\n\n{BODY}", "Fire kills two")[1] is None
    assert parts(f"Fire kills two. {BODY}", "Fire kills two")[1] is None
    assert parts(BODY, "Something else")[1] is None
    assert parts(BODY, "")[1] is None


FRAGMENTS = st.sampled_from(
    [
        "\n",
        "\r\n",
        " ",
        "\t",
        "date ",
        "2024-10-25",
        "Title:",
        "# ",
        "By ",
        "JANE",
        "(AP)",
        " — ",
        "LONDON",
        "x",
        ".",
        "?",
        "He said.",
        "İ",
        "\u2028",
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=30).map("".join)), st.one_of(st.none(), st.text(max_size=9)))
def test_spans_are_in_order_disjoint_trimmed_and_before_the_body(text, title):
    front = read_front(text, title)
    spans = sorted(span for span in (*front.metadata, front.headline, front.dateline) if span)
    assert list(front.metadata) == sorted(front.metadata)
    for before, after in zip([(0, 0), *spans], [*spans, (front.body_start, front.body_start)], strict=True):
        assert before[1] <= after[0]
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert front.body_start <= len(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(text[: front.body_start].split()) == "".join(covered.split())


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_a_headline_once_read_is_read_again_as_the_title(text):
    front = read_front(text)
    if front.headline:
        assert read_front(text, text[slice(*front.headline)]) == front


@pytest.mark.parametrize("piece", ["1", "A ", "A", "t", "AB, ", "date ", "By A.", "\n", " ", "Jan. 1 ", "last  ", "A-"])
def test_no_text_takes_long(piece):
    began = time.monotonic()
    for ending in ("", "~", "\n\nHe said."):
        read_front(piece * 100_000 + ending)
        read_front(piece * 40 + ending)
    assert time.monotonic() - began < 1
