"""Passwords and tokens set in the local server's database by Label Studio's own Python: no page of it offers that."""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Mapping

from annotation.studio.install import installed
from annotation.studio.local import Home, Local
from annotation.studio.surroundings import server_environment
from pipeline.errors import Place, StudioError

_MEND = """
import json, sys
from label_studio.server import _setup_env
_setup_env()
from django.contrib.auth import get_user_model
from organizations.models import Organization
from rest_framework.authtoken.models import Token
wanted = json.load(sys.stdin)
users = get_user_model().objects
for email, password in wanted["passwords"].items():
    user = users.get(email=email)
    user.set_password(password)
    user.save()
for email, token in wanted["tokens"].items():
    Token.objects.filter(user=users.get(email=email)).delete()
    Token.objects.create(user=users.get(email=email), key=token)
    settings = Organization.objects.first().jwt
    settings.legacy_api_tokens_enabled = True
    settings.save()
"""
"""What it is to set comes in by standard input, not by arguments that other users of the machine can see."""


def new_password() -> str:
    """A password that people can type: 12 letters and digits in threes, none of them alike; 59 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(3)) for _ in range(4))


def set_passwords(home: Home, environment: Mapping[str, str], passwords: Mapping[str, str]) -> None:
    """Give accounts of the local server, by e-mail address, new passwords. Raises StudioError if one has no account."""
    _run(home, environment, {"passwords": dict(passwords), "tokens": {}})


def set_first_account(home: Home, environment: Mapping[str, str], local: Local) -> None:
    """Make the first account's password and token what is written down, and let legacy tokens work.

    Raises StudioError where the database cannot be changed.
    """
    _run(home, environment, {"passwords": {local.email: local.password}, "tokens": {local.email: local.token}})


def _run(home: Home, environment: Mapping[str, str], wanted: dict[str, dict[str, str]]) -> None:
    local = home.read()
    if local is None or not installed(home):
        raise StudioError("there is no local server.", where=Place(path=home.root), fix="onrecord studio start")
    done = subprocess.run(
        [str(home.python), "-c", _MEND],
        env=server_environment(home, local, environment),
        cwd=home.data,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StudioError(
            f"the account could not be changed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1][:300]}",
            where=Place(path=home.data),
            fix="see who has an account: onrecord annotators list",
        )
