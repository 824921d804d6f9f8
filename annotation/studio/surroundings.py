"""What the local server sees of the user's environment, and its settings: it calls nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping

from annotation.studio.local import Home, Local

_PASSED = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
_TIPS = "raw.githubusercontent.com"
"""Where the server looks for tips to show on its pages. There is no switch for that, but requests honours a proxy for
one host alone, and nothing listens at this one."""
_KEYMAP = {
    "annotation:submit": {"key": "space", "description": "Submit and go on"},
    "annotation:skip": {"key": "shift+s", "description": "Skip this task"},
}


def server_environment(home: Home, local: Local, environment: Mapping[str, str]) -> dict[str, str]:
    """What the server sees: a few of the user's variables, its settings, and no way to call anybody.

    Label Studio reads bare names such as PORT, HOST, DEBUG, USERNAME and PASSWORD, so the rest is left out.
    """
    passed = {name: value for name, value in environment.items() if name in _PASSED or name.startswith("LC_")}
    quiet = {f"https://{_TIPS}_proxy": "http://127.0.0.1:9"}
    own = {
        "USERNAME": local.email,
        "PASSWORD": local.password,
        "USER_TOKEN": local.token,
        "ENABLE_LEGACY_API_TOKEN": "true",
        "DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "BASE_DATA_DIR": str(home.data),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "EDITOR_KEYMAP": json.dumps(_KEYMAP),
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "DEBUG": "false",
    }
    return passed | quiet | {f"LABEL_STUDIO_{name}": value for name, value in own.items()}
