"""Label Studio in an environment of its own: about 155 packages and 1 GB that no other part of the project sees."""

from __future__ import annotations

import hashlib
import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from annotation.studio.local import Home
from pipeline.errors import Place, StudioError

SPACE = 1_600_000_000
"""Bytes that must be free: the environment takes 1.0 GB, and packages are unpacked beside it for a while."""
CONSTRAINTS = Path(__file__).with_name("studio-constraints.txt")
_UNREACHABLE = (
    "connection broken by", "NewConnectionError", "ConnectTimeout", "ProxyError", "Could not fetch URL",
    "No matching distribution found", "ResolutionImpossible",
)  # fmt: skip
"""What pip prints when an index is out of reach; with pinned versions it then speaks of a conflict."""
_TAIL = 3


def requirement() -> str:
    """What the extra ``studio`` of this distribution asks for, e.g. ``label-studio==1.23.2``."""
    for line in importlib.metadata.requires("onrecord") or ():
        wanted, _, condition = line.partition(";")
        if "extra" in condition and "studio" in condition:
            return wanted.strip()
    raise StudioError(
        "this installation of onrecord does not say which Label Studio it wants.",
        fix="install onrecord again: pip install --force-reinstall --no-deps onrecord (or -e . in a checkout).",
    )


def installed(home: Home) -> bool:
    """Whether the environment is complete and is the one that this version of onrecord wants."""
    try:
        return _mark(home).read_text() == _wanted() and home.python.exists()
    except OSError:
        return False


def install(
    home: Home,
    environment: Mapping[str, str],
    *,
    holding: int,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Make the environment, unless it is there: from scratch, since one that was broken off may look complete.

    `environment` is the user's (the package index, proxies); `holding` the lock, which pip holds too, so that nobody
    begins anew while it works. What was downloaded stays in pip's cache: a second try costs little.

    Raises StudioError where Python has no ``venv``, the index cannot be reached, or the disk is full.
    """
    if installed(home):
        return
    free = shutil.disk_usage(home.root).free
    if free < SPACE:
        raise StudioError(
            f"Label Studio needs {SPACE / 1e9:.1f} GB on this disk, and {free / 1e9:.1f} GB are free.",
            where=Place(path=home.root),
            fix="free some space, or name a folder on another disk in ONRECORD_STUDIO_HOME; then run this again.",
        )
    progress(f"making a Python environment for Label Studio in {home.environment}")
    own = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
    _run(home, [sys.executable, "-I", "-m", "venv", "--clear", str(home.environment)], own, holding, lambda _: None)
    progress(f"downloading and installing {requirement()} and what it needs, about 1 GB (once, several minutes)")
    pip = [str(home.python), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    pip += ["--no-compile"]  # a third of the time, mostly for modules that the server never imports
    pip += ["--progress-bar", "off", "--no-color", "--constraint", str(CONSTRAINTS), requirement()]
    _run(home, pip, own, holding, lambda line: _report(line, progress))
    _mark(home).write_text(_wanted())


def _mark(home: Home) -> Path:
    """The file that says the environment is complete."""
    return home.environment / "onrecord-complete"


def _wanted() -> str:
    return f"{requirement()} {hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()}\n"


def _report(line: str, progress: Callable[[str], None]) -> None:
    """Pass on the lines of pip that mean something to people."""
    if line.startswith("Collecting "):
        progress(f"getting {line.split()[1]}")
    elif line.startswith("Installing collected packages"):
        progress(f"putting {line.count(',') + 1} packages in place (a minute or two)")


def _run(
    home: Home, command: list[str], environment: Mapping[str, str], holding: int, on_line: Callable[[str], None]
) -> None:
    """Run one step of the installation to its end, keeping what it prints. Raises StudioError if it fails."""
    printed = home.root / "install.log"
    try:
        with (
            printed.open("w", encoding="utf-8") as log,
            subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(holding,),
                text=True,
                errors="replace",
            ) as step,
        ):
            assert step.stdout is not None
            for line in step.stdout:
                log.write(line)
                on_line(line.strip())
    except OSError as error:
        raise home.unwritable(error) from error
    if step.returncode:
        raise _failure(home, printed.read_text(encoding="utf-8", errors="replace"))


def _failure(home: Home, printed: str) -> StudioError:
    """Say why a step failed, from what it printed."""
    where = Place(path=home.root / "install.log")
    if "No space left on device" in printed:
        return StudioError(
            "the disk was full before Label Studio was installed.",
            where=where,
            fix="free some space, or name a folder on another disk in ONRECORD_STUDIO_HOME; then run this again.",
        )
    if "ensurepip" in printed:
        return StudioError(
            f"{sys.executable} cannot make environments: its module `ensurepip` is missing.",
            where=where,
            fix="install it (Debian, Ubuntu: apt install python3-venv), then run this again.",
        )
    if any(words in printed for words in _UNREACHABLE):
        return StudioError(
            "the package index cannot be reached, or does not have Label Studio.",
            where=where,
            fix="connect to the network (behind a proxy: set HTTPS_PROXY; with a mirror: set PIP_INDEX_URL), then run "
            "this again; or use a server that runs elsewhere: set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.",
        )
    last = " ".join(line.strip() for line in printed.strip().splitlines()[-_TAIL:])
    return StudioError(
        f"Label Studio was not installed: {last[:400] or 'the step was killed'}.",
        where=where,
        fix="mend what this file says, then run this again; what was downloaded is kept.",
    )
