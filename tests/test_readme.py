"""What README shows in Python does what it says."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.config import Config, PrelabelConfig
from pipeline.labelling import label


def test_the_table_of_sentences_and_targets(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(
        "id,date,text\n9007199254740993,2026-01-02,It rained. “Ann Lee lies!” said Bo Marsh.\n2,,Ann Lee slept.\n"
    )
    config = Config(prelabel=PrelabelConfig(targets=["Ann Lee", "the carbon tax"]))
    label(["a.csv"], tmp_path / "runs" / "probe", config)
    blocks = re.findall(r"```python\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(next(block for block in blocks if "pandas" in block), {})
    table = pd.read_csv("table.csv", dtype={"doc_id": str})
    assert len(table) == 3 * 2
    row = table[table["text"].str.contains("lies") & (table["target"] == "Ann Lee")].iloc[0]
    assert (row["doc_id"], row["date"], row["speaker"], row["judged"]) == (
        "9007199254740993",
        "2026-01-02",
        "Bo Marsh",
        True,
    )
    assert {row["stance"], row["sentiment"]} <= {"favor", "against", "neutral", "positive", "negative"}
    tax = table[table["target"] == "the carbon tax"]
    assert tax["sentiment"].isna().all()
    assert tax["stance"].notna().all()
    assert not table[table["text"].eq("It rained.") & (table["target"] == "Ann Lee")]["judged"].any()
