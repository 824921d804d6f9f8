"""The documents are true: every command they show runs, every layer they draw holds."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def run_block(block: str, desk: Path) -> None:
    for line in block.strip().splitlines():
        words = shlex.split(line, comments=True)
        assert words[0] == "onrecord"
        command = [sys.executable, "-m", "pipeline.cli.app", *words[1:]]
        done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{line}\n{done.stderr}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A new user's folder: the seed article, and the two runs that the first blocks of the README leave there.

    These run here, since several processes share these tests: later blocks need them wherever they run.
    """
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "seeds" / "seed.txt", folder / "article.txt")
    for block in blocks("sh")[:2]:
        run_block(block, folder)
    return folder


@pytest.mark.parametrize("block", blocks("sh")[2:])
def test_every_command_of_the_readme_runs(block, desk):
    run_block(block, desk)


@pytest.mark.parametrize("block", blocks("python"))
def test_every_python_block_of_the_readme_runs(block, desk):
    done = subprocess.run([sys.executable, "-c", block], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or (desk / "table.csv").is_file()


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


def test_every_command_is_in_the_readme():
    from pipeline.cli.app import app

    names = {command.name for command in app.registered_commands}
    assert all(re.search(rf"\bonrecord {name}\b", README) for name in names)


def test_the_changelog_names_the_version_and_the_architecture_names_every_package():
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text()
    architecture = (ROOT / "ARCHITECTURE.md").read_text()
    packages = [path.parent for path in (ROOT / "pipeline").glob("*/__init__.py")]
    assert all(f"{package.name}" in architecture for package in packages)


def test_no_file_of_the_project_names_this_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    places = [f"{place}/" for place in (Path.home(), ROOT) if len(place.parts) > 1]
    for path in (ROOT / name for name in listed.stdout.splitlines()):
        if path.suffix not in {".onnx", ".png"} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not any(place in text for place in places), path
