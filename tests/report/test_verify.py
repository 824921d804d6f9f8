"""Verify: every number again from the judgements and the seed; whatever was changed is named."""

from __future__ import annotations

import json
import shutil

import pytest

from pipeline.errors import InputError
from pipeline.labels import DEFAULT_SCHEME
from reports.document.provenance import check_source, digest, provenance, scheme_of, source_of
from reports.document.render import write_report
from reports.document.verify import differences, oracle, read_report, verify
from reports.judgements.reading import read_judgements
from reports.statistics.analysis import analyse
from tests.report.studies import STUDIES, write


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A report in a folder, beside its judgements: not to be touched."""
    folder = tmp_path_factory.mktemp("once")
    file = write(STUDIES["three items"](), folder / "votes.csv")
    report = analyse(read_judgements(file), resamples=40, seed=1)
    report["provenance"] = provenance(file, folder / "report", date="2026-01-02", epsilon=0.15)
    write_report(report, folder / "report")
    return folder


@pytest.fixture
def made(once, tmp_path):
    """A copy of it, to be spoilt."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "report"


def found_in(folder):
    report = read_report(folder)
    source = source_of(report, folder)
    return [*check_source(report, source), *verify(report, read_judgements(source, scheme_of(report)), None, folder)]


def test_a_sound_report_is_sound(made):
    assert found_in(made) == []


def test_and_stays_sound_when_it_moves_with_its_judgements(made, tmp_path):
    (tmp_path / "moved").mkdir()
    for name in ("votes.csv", "report"):
        (tmp_path / name).rename(tmp_path / "moved" / name)
    assert found_in(tmp_path / "moved" / "report") == []


def test_the_scheme_comes_back_whole(made, tmp_path):
    written = provenance(tmp_path / "votes.csv", made, date="2026-01-02", epsilon=0.15, scheme=DEFAULT_SCHEME)
    assert scheme_of(json.loads(json.dumps({"provenance": written}))) == DEFAULT_SCHEME
    assert scheme_of({}) is None


def test_a_changed_number_is_named(made):
    path = made / "report.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    report["questions"]["label"]["agreement"]["fleiss"]["value"] += 1e-8
    path.write_text(json.dumps(report), encoding="utf-8")
    found = found_in(made)
    assert found[0].startswith("report.json › questions › label › agreement › fleiss › value: ")


@pytest.mark.parametrize(
    "name", ["report.html", "report.md", "report.tex", "tables/design.csv", "figures/agreement-label.pdf"]
)
def test_a_changed_file_is_named(made, name):
    (made / name).write_text("changed", encoding="utf-8")
    assert found_in(made) == [f"{name}: the file is not what report.json gives"]


def test_a_missing_file_is_named(made):
    (made / "tables" / "design.csv").unlink()
    assert found_in(made) == ["tables/design.csv: the file is missing"]


def test_changed_judgements_are_named(made):
    file = made.parent / "votes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("yes", "no", 1), encoding="utf-8")
    found = found_in(made)
    assert "not the judgements of the report" in found[0]
    assert len(found) > 5


def test_judgements_that_are_gone_are_asked_for(made):
    (made.parent / "votes.csv").unlink()
    with pytest.raises(InputError, match="--from"):
        found_in(made)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "input": {}}'])
def test_what_is_no_report(tmp_path, content):
    (tmp_path / "report.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_report(tmp_path)
    assert caught.value.fix


def test_differences_are_found_wherever_they_are():
    one = {"a": [1.0, {"b": "x"}], "source": "here"}
    assert list(differences(one, {"a": [1.0 + 1e-10, {"b": "x"}], "source": "there"})) == []
    assert list(differences(one, {"a": [1.1, {"b": "y"}], "c": 1})) == [
        "report.json › a › 0: 1.0, computed again 1.1",
        "report.json › a › 1 › b: 'x', computed again 'y'",
        "report.json › c: 'missing', computed again 1",
    ]
    assert list(differences({"a": True}, {"a": 1.0})) == []
    assert len(list(differences([1], [1, 2]))) == 1


def test_the_oracle_is_asked_where_it_is_there(made, monkeypatch):
    krippendorff = pytest.importorskip("krippendorff")
    assert oracle()
    monkeypatch.setattr(krippendorff, "alpha", lambda **_: 0.123)
    assert found_in(made) == [
        f"questions › label › alpha_nominal: "
        f"{read_report(made)['questions']['label']['agreement']['alpha_nominal']['value']!r}, "
        "the package krippendorff gives 0.123"
    ]


def test_the_digest_of_a_run_is_that_of_its_tables(tmp_path):
    for table in ("annotations", "sentences", "attributions"):
        (tmp_path / table).mkdir()
        (tmp_path / table / "000.parquet").write_bytes(table.encode())
    first = digest(tmp_path)
    (tmp_path / "attributions" / "000.parquet").write_bytes(b"other")
    assert digest(tmp_path) == first
    (tmp_path / "annotations" / "000.parquet").write_bytes(b"other")
    assert digest(tmp_path) != first
