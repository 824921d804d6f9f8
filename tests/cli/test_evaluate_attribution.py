import json

import pytest

from tests.cli.test_label import onrecord

TEXT = "Anna Lind said the vote was fair. Rain fell on the hills that night."


@pytest.fixture
def gold(tmp_path):
    """One article whose gold disagrees with every reader: the hills said that rain fell, and nobody else anything."""
    source, content = TEXT.index("the hills"), TEXT.index("Rain fell")
    attribution = {
        "source": [[source, source + 9]],
        "cue": [[source, source + 9]],
        "content": [[content, content + 9]],
        "type": "indirect",
        "speech": True,
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "title": "", "text": TEXT, "attributions": [attribution]}) + "\n")
    return path


def test_mistakes_are_listed_on_request(gold):
    assert "| wanted" not in onrecord("evaluate", "attribution", gold).stdout
    listed = onrecord("evaluate", "attribution", gold, "--errors").stdout
    assert "text Rain fell | wanted hills | found author" in listed
    assert "Anna Lind" in listed


def test_only_the_worst_so_many(gold):
    errors = [
        json.loads(onrecord("evaluate", "attribution", gold, "--errors", *more, "--json").stdout)["errors"]
        for more in ((), ("--worst", 1))
    ]
    assert len(errors[0]) > 1
    assert errors[1] == errors[0][:1]
