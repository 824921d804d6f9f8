"""Which server, with which token, and what people are told when it is not there or refuses."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.door.connection import Server, connect, find_server, translated
from annotation.door.refusals import detail, one_line
from annotation.studio.port import free_port
from pipeline.config import AnnotationConfig
from pipeline.errors import StudioError
from tests.contract.session import allow_legacy_tokens, personal_token, revoke, sign_in

TOKEN = "0123456789abcdef0123456789abcdef01234567"
SETTINGS = AnnotationConfig()


@contextmanager
def answering(status, body, **headers):
    """A web server that gives every request the same answer; its address."""

    class Same(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Same) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()


def _refused(server, what):
    with pytest.raises(StudioError, match=what) as error:
        connect(server, timeout=30)
    assert server.token not in str(error.value)
    assert str(error.value).startswith(server.url)
    return error.value.fix


def test_both_kinds_of_token_open_the_server(studio):
    for server in (studio.server, studio.pat_server):
        assert connect(server).users.whoami().email == studio.local.email


def test_a_server_on_this_machine_is_not_looked_for_behind_the_proxy(studio, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert connect(studio.pat_server).users.whoami().email == studio.local.email
    with studio.session() as session:
        assert session.get("/health").status_code == 200


def test_the_token_is_in_no_repr(studio):
    assert studio.server.token not in repr(studio.server)


def test_the_local_server_is_found_where_nothing_is_said(studio):
    assert find_server(SETTINGS, {}, studio.home.root) == studio.server


def test_the_environment_goes_before_the_local_server_and_the_configuration_before_both(studio):
    environment = {"LABEL_STUDIO_URL": " https://a.example.org:8443/ls/ ", "LABEL_STUDIO_API_KEY": f" {TOKEN}\n"}
    found = find_server(SETTINGS, environment, studio.home.root)
    assert (found.url, found.token, found.is_local) == ("https://a.example.org:8443/ls", TOKEN, False)
    settings = AnnotationConfig(url="http://b.example.org", token_variable="THE_KEY")
    found = find_server(settings, {**environment, "THE_KEY": "x"}, studio.home.root)
    assert (found.url, found.token) == ("http://b.example.org", "x")


@pytest.mark.parametrize("page", ["/projects/3/data?tab=1&labeling=1", "/user/login/?next=/projects/", "/api", "/"])
def test_an_address_copied_from_the_browser_will_do(page, tmp_path):
    environment = {"LABEL_STUDIO_URL": f"http://h:8080{page}", "LABEL_STUDIO_API_KEY": TOKEN}
    assert find_server(SETTINGS, environment, tmp_path).url == "http://h:8080"


def test_the_local_servers_address_needs_no_token(studio):
    assert find_server(AnnotationConfig(url=studio.url), {}, studio.home.root) == studio.server


@pytest.mark.parametrize(
    ("environment", "what", "fix"),
    [
        ({}, "there is no Label Studio server", "onrecord studio start"),
        ({"LABEL_STUDIO_URL": "localhost:8080"}, "LABEL_STUDIO_URL is not the address", "http://localhost:8080"),
        ({"LABEL_STUDIO_URL": "ftp://h"}, "is not the address of a server", "http://127.0.0.1:8080"),
        ({"LABEL_STUDIO_URL": "http://[h"}, "is not the address of a server", "http://127.0.0.1:8080"),
        ({"LABEL_STUDIO_URL": "http://h:port"}, "is not the address of a server", "http://127.0.0.1:8080"),
        ({"LABEL_STUDIO_URL": "http://me:secret@h"}, "a user name or password in it", "the token alone"),
        ({"LABEL_STUDIO_URL": "http://h"}, "LABEL_STUDIO_API_KEY is not set", "Personal Access Token"),
        ({"LABEL_STUDIO_URL": "http://h", "LABEL_STUDIO_API_KEY": " "}, "LABEL_STUDIO_API_KEY is not set", "export"),
        ({"LABEL_STUDIO_URL": "http://h", "LABEL_STUDIO_API_KEY": "a b"}, "does not hold a token", "copy the token"),
        ({"LABEL_STUDIO_URL": "http://h", "LABEL_STUDIO_API_KEY": "tokén"}, "does not hold a token", "copy the token"),
    ],
)
def test_no_server_can_be_told_from_what_is_set(environment, what, fix, tmp_path):
    with pytest.raises(StudioError, match=what) as error:
        find_server(SETTINGS, environment, tmp_path)
    assert fix in error.value.fix
    assert "secret" not in str(error.value)


def test_a_local_server_that_does_not_run(fresh_home):
    with pytest.raises(StudioError, match="is not running") as error:
        find_server(SETTINGS, {}, fresh_home().root)
    assert error.value.fix == "start it: onrecord studio start"


def test_no_server_answers():
    fix = _refused(Server(url=f"http://127.0.0.1:{free_port()}", token=TOKEN), "no server answers here")
    assert "check that the server runs" in fix


@pytest.mark.parametrize(
    ("status", "body", "what"),
    [
        (
            200,
            "<html><title>Welcome to nginx!</title></html>",
            "is not Label Studio .HTTP status 200",
        ),
        (404, "nothing", "is not Label Studio .HTTP status 404"),
        (200, '{"status": "UP"}', "what answers here is not Label Studio"),
        (200, "[]", "what answers here is not Label Studio"),
        (200, '{"release": "1.12.1"}', r"this Label Studio is too old: 1\.12\.1"),
        (200, '{"release": "1.9"}', "this Label Studio is too old"),
        (502, "<html><head><title>502 Bad Gateway</title></head>", "502 Bad Gateway .HTTP status 502"),
    ],
)
def test_something_else_answers(status, body, what):
    with answering(status, body) as url:
        assert _refused(Server(url=url, token=TOKEN), what)


def test_an_address_that_leads_elsewhere_is_named():
    with answering(301, "", location="https://labels.example.org/api/version/?x=1") as url:
        _refused(Server(url=url, token=TOKEN), "leads to another: https://labels.example.org")


def test_a_wrong_token(studio):
    fix = _refused(Server(url=studio.url, token=TOKEN, token_variable="MY_KEY"), r"refuses the token: Invalid token\.")
    assert "Personal Access Token" in fix
    assert "export MY_KEY" in fix
    fix = _refused(Server(url=studio.url, token=studio.local.token[:-1], is_local=True), "refuses the token")
    assert "onrecord studio stop" in fix


def test_a_wrong_or_damaged_personal_token(studio):
    head, body, _ = studio.pat.split(".")
    _refused(Server(url=studio.url, token=f"{head}.{body}.{'A' * 43}"), "refuses the token: Token is invalid")


def test_a_revoked_personal_token(studio):
    person = studio.annotator()
    with sign_in(studio.server, person.email, person.password) as session:
        server = Server(url=studio.url, token=personal_token(session))
        assert connect(server).users.whoami().email == person.email
        revoke(session, server.token)
    assert "make a new one" in _refused(server, "refuses the token: Token is blacklisted")


def test_legacy_tokens_that_were_switched_off(studio):
    there = Server(url=studio.url, token=studio.local.token)
    with studio.session() as session:
        allow_legacy_tokens(session, False)
        try:
            fix = _refused(there, "legacy token authentication has been disabled")
            assert connect(studio.pat_server).users.whoami().email == studio.local.email
        finally:
            allow_legacy_tokens(session, True)
    assert "personal access token instead" in fix
    assert "Legacy Tokens" in fix
    assert connect(there)


def test_the_web_page_of_an_unknown_project_is_cut(studio):
    client = studio.client()
    with pytest.raises(StudioError) as error, translated("export", studio.server):
        client.projects.exports.as_json(999_999)
    assert "HTTP status 404" in str(error.value)
    assert "<" not in error.value.what
    assert len(error.value.what) < 300
    assert error.value.__cause__ is not None


def test_a_refused_task_is_not_repeated_in_the_error(studio):
    client = studio.client()
    config = '<View><Text name="t" value="$sentence"/><Choices name="c" toName="t"><Choice value="a"/></Choices></View>'
    project = client.projects.create(title="echo", label_config=config)
    with pytest.raises(StudioError) as error, translated("import tasks", studio.server):
        client.projects.import_tasks(id=project.id, request=[{"data": {"other": "what she said in the article"}}])
    assert '"sentence" key is expected in task data' in error.value.what
    assert "what she said" not in str(error.value)


def test_time_outs_and_broken_connections_are_translated(studio):
    with pytest.raises(StudioError, match="took too long to sleep"), translated("sleep", studio.server):
        raise httpx.ReadTimeout("timed out")
    with pytest.raises(StudioError, match="the connection broke, trying to sleep"), translated("sleep", studio.server):
        raise httpx.RemoteProtocolError(f"peer closed {studio.local.token}")


def test_what_is_not_label_studios_is_left_alone(studio):
    with pytest.raises(KeyError), translated("do", studio.server):
        raise KeyError("ours")


@given(
    st.text() | st.dictionaries(st.sampled_from(["detail", "validation_errors", "x"]), st.text() | st.lists(st.text()))
)
def test_every_refusal_becomes_one_short_line_without_the_token(body):
    server = Server(url="http://h", token=TOKEN)
    line = one_line(detail(body if isinstance(body, dict) else f"{body} {TOKEN}"), server)
    assert len(line) <= 200
    assert TOKEN not in line
    assert line.isprintable()
