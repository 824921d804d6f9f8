from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.errors import InputError
from pipeline.evaluate.attribution import evaluate_attribution
from pipeline.evaluate.attribution_gold import head_word
from pipeline.records import Article
from pipeline.split.stage import Split

TEXT = "A vote.\n\nAnna Lind said the vote was fair. “It was not,” said Ben Carr. Rain fell on the hills that night."
STAGES = (Split(), Attribute())


def _spans(text, *pieces):
    return [[text.index(piece), text.index(piece) + len(piece)] for piece in pieces]


def _row(**changes):
    marked = [("Anna Lind", "said", "the vote was fair", "indirect"), ("Ben Carr", "said", "“It was not,”", "direct")]
    row = {
        "id": "a",
        "title": "A vote",
        "text": TEXT,
        "attributions": [
            {
                "source": _spans(TEXT, source),
                "cue": _spans(TEXT, cue),
                "content": _spans(TEXT, content),
                "type": kind,
                "speech": True,
            }
            for source, cue, content, kind in marked
        ],
    }
    return row | changes


def _write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) if isinstance(row, dict) else row for row in rows), encoding="utf-8")
    return path


def test_what_is_right_scores_one(tmp_path):
    scores = evaluate_attribution(_write(tmp_path, _row(), _row(id="b")), STAGES, resamples=20)
    assert scores["n"] == {"articles": 2, "sentences": 8}
    for key in ("all", "direct", "indirect"):
        assert scores["f1"][key] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert scores["who_speaks"]["all"]["value"] == scores["who_speaks"]["speech_only"]["value"] == 1.0
    assert scores["content_chars_f1"]["value"] == scores["source_head_f1"]["value"] == 1.0
    assert scores["f1"]["mixed"]["value"] is None


class _Nobody:
    """A stage that gives every sentence to the author."""

    name, reads, writes, fingerprint = "attribute", ("sentences",), Attribute.writes, "none"

    def __call__(self, articles):
        return [replace(article, quotations=(), speakers=(), attributions=(), voices=()) for article in articles]


def test_nothing_found_scores_nought_and_the_author_s_sentences_count(tmp_path):
    scores = evaluate_attribution(_write(tmp_path, _row()), (Split(), _Nobody()), resamples=20)
    assert scores["who_speaks"]["all"]["value"] == 0.5
    assert scores["f1"]["all"]["value"] == 0.0


def test_the_same_seed_gives_the_same_interval(tmp_path):
    path = _write(tmp_path, _row(), _row(id="b", attributions=[]))
    assert evaluate_attribution(path, STAGES, seed=3) == evaluate_attribution(path, STAGES, seed=3)


def test_mistakes_are_listed_with_their_text(tmp_path):
    missing = _row(attributions=_row()["attributions"][:1])
    errors = evaluate_attribution(_write(tmp_path, missing), STAGES, resamples=10, errors=9)["errors"]
    (sentence, invented) = sorted(errors, key=lambda mistake: mistake["kind"], reverse=True)
    assert (sentence["kind"], sentence["wanted"], sentence["found"]) == ("sentence", "author", "carr")
    assert (invented["kind"], invented["doc_id"], invented["found"]) == ("invented", "a", "carr")
    assert "It was not" in invented["text"]


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ('{"id": "a"', 2),
        ({"id": "a", "text": "x"}, 2),
        (_row(text=5), 2),
        (_row(attributions=[{"content": [[0, 1]]}]), 2),
        (_row(attributions=[{**_row()["attributions"][0], "content": [[0, 9999]]}]), 2),
        (_row(attributions=[{**_row()["attributions"][0], "type": "vague"}]), 2),
    ],
)
def test_bad_gold_is_refused_with_its_place(tmp_path, bad, line):
    path = _write(tmp_path, _row(), bad)
    with pytest.raises(InputError, match=f"gold.jsonl:{line}") as caught:
        evaluate_attribution(path, STAGES)
    assert caught.value.fix


def test_an_empty_gold_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        evaluate_attribution(_write(tmp_path), STAGES)


@pytest.mark.parametrize(
    ("mention", "head"),
    [
        ("Clinton campaign manager Robby Mook", "mook"),
        ("Mr. Trump", "trump"),
        ("a spokesman for Mr. Clinton", "spokesman"),
        ("Sen. David Perdue (R-Ga.)", "perdue"),
        ("Stuart Stevens, a Republican operative", "stevens"),
        ("The Tax Foundation’s", "foundation"),
        ("supporters of a higher wage", "supporters"),
        ("He", "he"),
        ("", ""),
    ],
)
def test_head_words(mention, head):
    assert head_word(mention) == head


def test_articles_are_evaluated_in_order(tmp_path):
    seen = []

    class Watch(_Nobody):
        def __call__(self, articles: list[Article]):
            seen.extend(article.document.doc_id for article in articles)
            return super().__call__(articles)

    evaluate_attribution(_write(tmp_path, *(_row(id=str(at)) for at in range(40))), (Split(), Watch()), resamples=5)
    assert seen == [str(at) for at in range(40)]
