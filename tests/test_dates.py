from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import day_of_serial, find_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-25",
        "2024-10-25T23:59:59+02:00",
        "2024/10/25",
        "20241025",
        "25 October 2024",
        "25th of October, 2024",
        "25-Oct-2024",
        "Oct. 25, 2024",
        "OCTOBER 25 2024",
        "Fri, 25 Oct 2024 10:00:00 GMT",
        "25/10/2024",
        "10/25/2024",
        "25.10.2024",
        "Published 10:05 EDT, 25 October 2024, updated 26 October 2024",
    ],
)
def test_the_ways_to_write_a_day(text):
    assert find_date(text) == "2024-10-25"


@pytest.mark.parametrize("text", ["", "Oct. 25", "04/05/2024", "2024-13-01", "2023-02-29", "12024-10-255", "May 2024"])
def test_what_is_no_day(text):
    assert find_date(text) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y"]))
def test_every_day_is_read_back(day, form):
    assert find_date(f"on {day.strftime(form)}, he said") == day.isoformat()


@given(st.text())
def test_no_text_breaks_it(text):
    find_date(text)


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("20000", "1954-10-03"),
        ("25569", "1970-01-01"),
        ("36526", "2000-01-01"),
        ("46090", "2026-03-09"),
        ("46090.75", "2026-03-09"),
        ("80000", "2119-01-11"),
        *((number, None) for number in ("19999", "80001", "1700000000", "-46090", "46,090", "4e4", "day 46090", "")),
    ],
)
def test_a_bare_number_is_a_spreadsheets_day(number, day):
    assert day_of_serial(number) == day
