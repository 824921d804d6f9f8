"""Data sets by name: the real loading code on a local folder, and what is said without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from pipeline.errors import InputError


@pytest.fixture
def data_set(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for split, count in (("train", 3), ("test", 2)):
        rows = [{"id": f"{split}{n}", "content": f"{split} {n}.", "extra": n} for n in range(count)]
        (folder / f"{split}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


def test_a_local_folder_is_read_as_datasets_loads_it(data_set, read, calls):
    documents, rejects = read(data_set, format="hub")
    assert [(document.text, document.line) for document in documents] == [
        ("train 0.", 1),
        ("train 1.", 2),
        ("train 2.", 3),
    ]
    assert (documents[0].doc_id, documents[0].path) == ("train0", str(data_set))
    assert rejects == []
    assert len(read(data_set, format="hub", split="test")[0]) == 2
    assert calls == []


def test_a_split_or_a_text_column_that_is_not_there(data_set, read):
    with pytest.raises(InputError, match=r"(?s)nope.*train.*articles\.split"):
        read(data_set, format="hub", split="nope")
    with pytest.raises(InputError, match=r"(?s)'id', 'content', 'extra'.*articles\.fields\.text"):
        read(data_set, format="hub", fields={"text": ["story"]})


@pytest.mark.parametrize("name", ["acme/nothing", "hf://datasets/acme/nothing", "acme/nothing:part"])
def test_without_a_network_one_clear_error_at_once(read, name, calls, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        read(name)
    assert "Hub cannot be reached" in caught.value.what
    assert "articles.format: hub" in caught.value.fix
    assert calls
    assert time.monotonic() - began < 8
    assert capfd.readouterr() == ("", "")


def test_plain_text_pays_for_no_library_that_it_does_not_need(tmp_path):
    (tmp_path / "a.txt").write_text("Good.")
    (tmp_path / "a.jsonl").write_text('{"text":"Better."}')
    script = (
        "import sys; from pipeline.ingest import read_documents; from pipeline.config import ArticlesConfig; "
        f"print(len(list(read_documents([{str(tmp_path)!r}], ArticlesConfig(), print))), "
        "sorted({'datasets', 'pyarrow', 'trafilatura', 'huggingface_hub', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 []"
