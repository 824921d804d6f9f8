"""Accounts for annotators: they can log in, get the link that shows nobody else's answers, and are known by code."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from annotation.door.accounts import add, address_of, code_of, label_link, list_accounts, project_number, renew
from annotation.door.connection import Server, connect
from annotation.studio.local import Home
from pipeline.cli.app import app
from pipeline.errors import InputError, StudioError
from tests.contract.session import post, sign_in

INTERFACE = '<View><Text name="t" value="$sentence"/><Choices name="c" toName="t"><Choice value="a"/></Choices></View>'
ANSWER = {"result": [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]}


@pytest.fixture(scope="module")
def people(studio):
    """Two annotators, made with a personal token, as on a server that runs elsewhere."""
    return add(connect(studio.pat_server), studio.pat_server, ["ann", "Ben.K@Example.org"])


@pytest.fixture(scope="module")
def project(studio):
    """A project of two tasks that two people are to answer."""
    client = studio.client()
    made = client.projects.create(title="Energy", label_config=INTERFACE, maximum_annotations=2)
    client.projects.create(title="Energy and more", label_config=INTERFACE)
    client.projects.import_tasks(id=made.id, request=[{"data": {"sentence": "One."}}, {"data": {"sentence": "Two."}}])
    return made.id


def test_each_has_an_address_a_code_and_a_password_of_their_own(people, studio):
    ann, ben = people
    assert (ann.email, ben.email) == ("ann@annotator.invalid", "ben.k@example.org")
    assert (ann.code, ben.code) == (code_of(ann.user_id), code_of(ben.user_id))
    assert ann.password != ben.password
    assert re.fullmatch(r"([a-z2-9]{3}-){3}[a-z2-9]{3}", ann.password)
    assert ann.password not in repr(ann)
    listed = {each.email: each for each in list_accounts(studio.client(), studio.server)}
    assert listed[ann.email].code == ann.code
    assert listed[ann.email].password is None


def test_the_link_leads_through_the_log_in_to_the_tasks(people, project, studio):
    link = label_link(studio.server, project)
    first = httpx.get(link, follow_redirects=True)
    assert first.url.path == "/user/login/"
    assert f"/projects/{project}/data" in first.url.params["next"]
    with sign_in(studio.server, people[0].email, people[0].password) as session:
        assert session.get(link).status_code == 200


def test_the_queue_shows_nobody_elses_answers(people, project, studio):
    ann, ben = people
    with (
        sign_in(studio.server, ann.email, ann.password) as first,
        sign_in(studio.server, ben.email, ben.password) as second,
    ):
        task = first.get(f"/api/projects/{project}/next").json()
        stored = post(first, f"/api/tasks/{task['id']}/annotations/", ANSWER)
        assert stored.status_code == 201
        assert stored.json()["completed_by"] == ann.user_id
        same = second.get(f"/api/projects/{project}/next").json()
        assert same["id"] == task["id"]
        assert same["annotations"] == []
        assert first.get(f"/api/projects/{project}/next").json()["id"] != task["id"]


def test_an_annotator_is_no_administrator(people, studio):
    with sign_in(studio.server, people[0].email, people[0].password) as session:
        assert session.get("/admin/").status_code in {302, 403, 404}
        assert "SECRET_KEY" not in session.get("/version/").text
        assert studio.local.token not in session.get("/api/users/").text


def test_nobody_is_made_unless_all_can_be(people, studio):
    client = studio.client()
    before = list_accounts(client, studio.server)
    with pytest.raises(StudioError, match=r"an account already for: ann@annotator\.invalid"):
        add(client, studio.server, ["eve", "ANN"])
    with pytest.raises(InputError, match=r"eve@annotator\.invalid is there twice"):
        add(client, studio.server, ["eve", "Eve"])
    with pytest.raises(InputError, match="can be no account's name"):
        add(client, studio.server, ["eve", "no one"])
    assert [each.email for each in list_accounts(client, studio.server)] == [each.email for each in before]


def test_a_forgotten_password_is_replaced(studio):
    client, home = studio.client(), studio.home
    (old,) = add(client, studio.server, ["forgetful"])
    (new,) = renew(client, studio.server, ["forgetful"], home, {})
    assert (new.email, new.code) == (old.email, old.code)
    with (
        pytest.raises(StudioError, match=r"does not let forgetful@annotator\.invalid in"),
        sign_in(studio.server, old.email, old.password),
    ):
        pass
    with sign_in(studio.server, new.email, new.password) as session:
        assert session.get("/api/current-user/whoami").json()["id"] == old.user_id
    with pytest.raises(StudioError, match=r"nobody has an account as: stranger@annotator\.invalid"):
        renew(client, studio.server, ["stranger"], home, {})
    with pytest.raises(StudioError, match="the first account"):
        renew(client, studio.server, [studio.local.email], home, {})
    with pytest.raises(StudioError, match="only where it runs"):
        renew(client, Server(url=studio.url, token=studio.local.token), ["forgetful"], home, {})


def test_a_project_is_known_by_its_whole_title(project, studio):
    assert project_number(studio.client(), studio.server, "Energy") == project
    with pytest.raises(StudioError, match="there is no project 'Ener'"):
        project_number(studio.client(), studio.server, "Ener")


def test_the_commands(project, studio, monkeypatch):
    monkeypatch.setenv("ONRECORD_STUDIO_HOME", str(studio.home.root))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    added = _run("add", "dora", "emil", "--project", "Energy").stdout
    passwords = re.findall(r"  password  (\S+)", added)
    assert len(passwords) == 2
    assert added.count(f"  link      {studio.url}/projects/{project}/data?labeling=1") == 2
    with sign_in(studio.server, "dora@annotator.invalid", passwords[0]):
        pass
    listed = _run("list").stdout
    assert "dora@annotator.invalid" in listed
    assert passwords[0] not in listed
    found = json.loads(_run("add", "fritz", "--json").stdout)
    assert found["link"] is None
    assert found["accounts"][0]["email"] == "fritz@annotator.invalid"
    assert found["accounts"][0]["password"]
    codes = [each["code"] for each in json.loads(_run("list", "--json").stdout)["accounts"]]
    assert found["accounts"][0]["code"] in codes
    with pytest.raises(StudioError, match="an account already"):
        _run("add", "fritz")


def _run(*words):
    return CliRunner().invoke(app, ["annotators", *words], catch_exceptions=False)


@given(st.text(max_size=80))
def test_a_name_gives_an_address_or_an_error(name):
    try:
        address = address_of(name)
    except InputError:
        return
    local, _, domain = address.partition("@")
    assert "." in domain
    assert 0 < len(local) <= 64
    assert address.isascii()
    assert address == address.lower()
    assert not set(address) & set(" \t\n<>\"'(),:;[]\\")


def test_an_empty_home_has_no_accounts_to_renew(studio, tmp_path):
    with pytest.raises(StudioError, match="there is no local server"):
        renew(studio.client(), studio.server, [studio.annotator().email], Home(tmp_path), {})
