"""What pre-labelling costs, beside transformers' own pipelines on the same sentences in the same run.

    make bench DATA=folder

Rounds take turns, and the best of each counts, so that whatever else the machine does weighs on all alike.
"""

from __future__ import annotations

import json
import time
from itertools import islice

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.config import Config
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.load import load_classifier
from pipeline.prelabel.model_folder import EMBEDDED
from pipeline.prelabel.pairs import article_pairs
from pipeline.prelabel.stage import Prelabel
from pipeline.prelabel.targets import article_targets
from pipeline.records import Article, Document
from pipeline.split.stage import Split
from tests.bench.test_main_job import say

pytestmark = pytest.mark.bench

ARTICLES, PAIRS, NLI_PAIRS, ROUNDS = 12, 320, 6, 3
TIMES_FASTER, TIMES_FASTER_THAN_NLI = 5, 200


@pytest.fixture(scope="module")
def articles(data):
    """Real articles, attributed."""
    with (data / "attribution/polnear.dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, ARTICLES)]
    documents = [Document(doc_id=row["id"], text=row["text"], title=row["title"]) for row in rows]
    return Attribute()(Split()([Article(document=document) for document in documents]))


@pytest.fixture(scope="module")
def pairs(articles):
    """Different pairs of real sentences and the target that their article names most, in the order of the articles."""
    asked = (one.pair for article in articles for one in article_pairs(article, article_targets(article, most=1)))
    return list(dict.fromkeys(Pair(text=pair.text, target=pair.target) for pair in asked))[:PAIRS]


def fastest(rounds, *jobs):
    """The least seconds that each job took, the jobs taking turns."""
    best = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for place, job in enumerate(jobs):
            began = time.perf_counter()
            job()
            best[place] = min(best[place], time.perf_counter() - began)
    return best


def test_pairs_a_second_beside_transformers_pipelines(pairs):
    import torch
    from transformers import TextClassificationPipeline

    from pipeline.train.restore import restore_model
    from tests.bench.embedded_in_torch import StanceModel, tokenizer

    torch.manual_seed(0)
    ours = load_classifier()
    model = StanceModel(restore_model(EMBEDDED, dropout=0.0, label_smoothing=0.0).eval(), ours.labels["stance"])
    pipe = TextClassificationPipeline(model=model, tokenizer=tokenizer(EMBEDDED), batch_size=32, truncation=True)
    rows = [{"text": pair.target, "text_pair": pair.text} for pair in pairs]
    nli = zero_shot_nli()
    labels = [f"The speaker {verb} {{}}." for verb in ("supports", "takes no side on", "opposes")]

    def ask_nli():
        for pair in pairs[:NLI_PAIRS]:
            nli(pair.text, [label.format(pair.target) for label in labels], hypothesis_template="{}")

    ours.probabilities(pairs[:32])
    pipe(rows[:32])
    mine, theirs = fastest(ROUNDS, lambda: ours.probabilities(pairs), lambda: pipe(rows))
    (asked,) = fastest(1, ask_nli)
    stance = ours.probabilities(pairs)["stance"].argmax(axis=1)
    same = sum(ours.labels["stance"][column] == one["label"] for column, one in zip(stance, pipe(rows), strict=True))
    speed, other, slow = len(pairs) / mine, len(pairs) / theirs, NLI_PAIRS / asked
    say(f"pairs a second, of {len(pairs)} real ones: the stage", f"{speed:.0f}")
    say("  pipeline, torch fp32, batch 32, same weights", f"{other:.1f}; the stage {speed / other:.1f} times faster")
    say("  zero-shot NLI, shape of deberta-v3-base", f"{slow:.2f}; the stage {speed / slow:.0f} times faster")
    say("  same stance as the pipeline's (which marks no mentions)", f"{100 * same / len(pairs):.0f} in 100")
    assert speed >= TIMES_FASTER * other
    assert speed >= TIMES_FASTER_THAN_NLI * slow


def zero_shot_nli():
    """Transformers' zero-shot pipeline over an untrained model of the shape of deberta-v3-base."""
    from transformers import DebertaV2Config, DebertaV2ForSequenceClassification, ZeroShotClassificationPipeline

    from tests.bench.embedded_in_torch import tokenizer

    config = DebertaV2Config(
        vocab_size=128_100,
        hidden_size=768,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=3072,
        relative_attention=True,
        position_buckets=256,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type=["p2c", "c2p"],
        type_vocab_size=0,
        position_biased_input=False,
        max_relative_positions=-1,
        id2label={0: "entailment", 1: "neutral", 2: "contradiction"},
        label2id={"entailment": 0, "neutral": 1, "contradiction": 2},
    )
    model = DebertaV2ForSequenceClassification(config).eval()
    return ZeroShotClassificationPipeline(model=model, tokenizer=tokenizer(EMBEDDED))


def test_cost_grows_slower_than_the_number_of_targets(articles):
    names = [[target.name for target in article_targets(article, most=8)] for article in articles]
    name = max(names, key=len)
    article = articles[names.index(name)]

    def job(count, **settings):
        targets = [{"name": target} for target in name[:count]]
        stage = Prelabel(Config.model_validate({"prelabel": {"targets": targets, **settings}}))
        return lambda: stage([article])

    one, eight, judged = fastest(ROUNDS, job(1), job(len(name)), job(len(name), unmentioned="judge"))
    say(
        f"{len(name)} targets in place of 1, times the cost", f"{eight / one:.1f}; every pair judged {judged / one:.1f}"
    )
    assert eight < len(name) * one


def test_equal_pairs_are_judged_once(pairs):
    ours = load_classifier()
    once, often = fastest(ROUNDS, lambda: ours.probabilities(pairs[:64]), lambda: ours.probabilities(pairs[:64] * 10))
    say("64 pairs, each ten times over, times the cost of once", f"{often / once:.2f}")
    assert often < 2 * once
