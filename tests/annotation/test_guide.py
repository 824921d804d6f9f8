"""The guide: the scheme's labels and keys, the codebook as written, and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given

from annotation.page.controls import slots_of
from annotation.page.interface import instructions
from pipeline.labels import DEFAULT_SCHEME
from tests.annotation.made import schemes, words
from tests.annotation.test_interface import fits


def texts(html: str) -> str:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(html)
    return " ".join(" ".join(found).split())


def test_every_label_stands_with_its_key_and_instruction():
    shown = texts(instructions("", DEFAULT_SCHEME))
    targets = {"stance": ("QWE", "RTY", "UIO"), "sentiment": ("ASD", "FGH", "JKL")}
    for question, keys in targets.items():
        for label, *of_targets in zip(DEFAULT_SCHEME.question(question).labels, *keys, strict=True):
            assert f"{' '.join(of_targets)} {label.name} {label.instruction}" in shown
    assert shown.count("1st 2nd 3rd target on the page") == 2


def test_the_codebook_becomes_headings_lists_and_tables(root):
    codebook = (root / "seeds" / "codebook.md").read_text(encoding="utf-8")
    html = instructions(codebook, DEFAULT_SCHEME)
    assert html.count("<h2>") == codebook.count("\n## ")
    assert html.count("<tr>") == 8 + len([line for line in codebook.splitlines() if re.match(r"\|(?!---)", line)])
    assert html.count("<li>") == len(re.findall(r"^- ", codebook, re.MULTILINE))


def test_html_in_a_codebook_is_shown_not_obeyed():
    html = instructions("# A <script>alert(1)</script>\n\n<b onclick=x>b</b> [x](javascript:alert(1))", DEFAULT_SCHEME)
    assert "<script" not in html
    assert "<b onclick" not in html
    assert 'href="javascript' not in html
    assert "alert(1)" in texts(html)


@given(schemes(), words)
def test_any_scheme_and_codebook_make_a_guide(scheme, codebook):
    if fits(scheme):
        html = instructions(codebook, scheme)
        labels = sum(len(question.labels) for question in scheme.questions)
        assert html.count("<td><kbd>") == labels * slots_of(scheme)
        assert "<kbd>Space</kbd>" in html


def test_no_line_end_stands_between_blocks(root):
    codebook = (root / "seeds" / "codebook.md").read_text(encoding="utf-8")
    assert not re.search(r">\n", instructions(codebook, DEFAULT_SCHEME))
