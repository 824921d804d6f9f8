"""Models of the Hub, from a small server that speaks its protocol on this machine."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from huggingface_hub import constants
from huggingface_hub.utils import logging

from pipeline.config import PrelabelConfig
from pipeline.errors import ConfigError, ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.load import load_classifier
from tests.prelabel.tiny_models import MEANINGS, bert, onnx_folder

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PAIR = Pair(text="The mayor lied.", target="the mayor")


class Hub(BaseHTTPRequestHandler):
    """Serves `models`: name -> folder, each at one commit. Names that start with ``gated/`` are gated."""

    models: ClassVar[dict] = {}
    asked: ClassVar[list] = []

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        self.asked.append(self.path)
        parts = urlsplit(self.path).path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            self.api("/".join(parts[2:4]), parts[4:])
        else:
            self.file("/".join(parts[:2]), parts[3], "/".join(parts[4:]))

    def api(self, name, rest):
        if name not in self.models:
            return self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        if rest[1:] and rest[1] not in (COMMIT, "main"):
            return self.answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        files = [file for file in self.models[name].rglob("*") if file.is_file()]
        if rest[:1] == ["tree"]:
            root = self.models[name]
            found = [
                {"type": "file", "path": str(file.relative_to(root)), "size": file.stat().st_size, "oid": digest(file)}
                for file in files
            ]
            return self.answer(200, json.dumps(found).encode())
        return self.answer(200, json.dumps({"id": name, "sha": COMMIT, "siblings": []}).encode())

    def file(self, name, revision, path):
        if name.startswith("gated/"):
            return self.answer(403, b"", {"X-Error-Code": "GatedRepo"})
        file = self.models[name] / path
        return self.answer(200, file.read_bytes(), {"X-Repo-Commit": COMMIT, "ETag": f'"{digest(file)}"'})

    def answer(self, status, content, headers=()):
        self.send_response(status)
        for key, value in dict(headers).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_):
        pass


def digest(file):
    return hashlib.sha1(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("hub")
    both = onnx_folder(root / "both")
    (both / "onnx").mkdir()
    (both / "model.onnx").rename(both / "onnx" / "model.onnx")
    (both / "model.safetensors").write_bytes(b"never fetched")
    pickled = bert(root / "pickled")
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    return {"who/bert": bert(root / "bert"), "who/both": both, "who/pickled": pickled, "gated/bert": root / "bert"}


@pytest.fixture
def hub(folders, tmp_path, monkeypatch):
    handler = type("Served", (Hub,), {"models": folders, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    yield handler
    server.shutdown()
    server.server_close()


def load(name, revision=COMMIT):
    return load_classifier(
        PrelabelConfig.model_validate(
            {"model": name, "revision": revision, "model_labels": MEANINGS, "questions": ["stance"]}
        )
    )


def test_a_model_of_the_hub_is_fetched_once_and_then_needs_no_network(hub, folders, monkeypatch):
    fetched = load("who/bert")
    assert fetched.name == "who/bert"
    assert fetched.revision.startswith(f"{COMMIT}-")
    rows = fetched.probabilities([PAIR])["stance"]
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    hub.asked.clear()
    again = load("who/bert")
    assert hub.asked == []
    assert again.revision == fetched.revision
    assert (again.probabilities([PAIR])["stance"] == rows).all()
    local = load(str(folders["who/bert"]), None)
    assert (local.probabilities([PAIR])["stance"] == rows).all()


def test_of_a_model_with_a_graph_no_other_weights_are_fetched(hub):
    assert load("who/both").probabilities([PAIR])["stance"].shape == (1, 3)
    assert not any(path.endswith((".safetensors", ".bin")) for path in hub.asked)


@pytest.mark.parametrize("revision", [None, "main"])
def test_a_model_that_is_not_pinned_is_refused_with_the_commit_to_pin(hub, revision):
    with pytest.raises(ConfigError) as caught:
        load("who/bert", revision)
    assert caught.value.fix == f"pin it: `prelabel.revision: {COMMIT}`."


@pytest.mark.parametrize(
    ("name", "revision", "says"),
    [
        ("who/nobody", COMMIT, "no such model"),
        ("who/nobody", None, "no such model"),
        ("who/bert", "f" * 40, "no revision ffff"),
        ("gated/bert", COMMIT, "is gated"),
        ("who/pickled", COMMIT, "neither model.safetensors nor model.onnx"),
    ],
)
def test_what_the_hub_has_not_is_said_plainly(hub, name, revision, says):
    with pytest.raises(ModelError, match=says) as caught:
        load(name, revision)
    assert caught.value.fix
    assert not any(path.endswith(".bin") for path in hub.asked)


@pytest.mark.parametrize("revision", [None, COMMIT])
def test_without_a_network_the_error_says_so(hub, monkeypatch, revision):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        load("who/bert", revision)
    assert "copy the model's folder" in caught.value.fix


def test_the_client_of_the_hub_does_not_talk_beside_our_error(hub):
    with pytest.raises(ModelError):
        load("who/nobody", COMMIT)
    assert logging.get_verbosity() == logging.ERROR
