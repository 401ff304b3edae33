"""docs/chat-api.md, openapi.yml and the service say the same."""

import re
from pathlib import Path

import pytest
import yaml
from starlette.routing import Mount, Route

from stemcheck.settings import ROOT
from stemcheck.web.app import routes
from stemcheck.web.errors import MESSAGES
from tests.api_client import error_code

DOCS = (ROOT / "docs" / "chat-api.md").read_text("utf-8")
OPENAPI = yaml.safe_load((ROOT / "stemcheck" / "web" / "openapi.yml").read_text("utf-8"))
METHODS = ("get", "post", "put", "delete", "patch")
# addresses for browsers and operators, which openapi.yml leaves out
PAGES = ("/openapi.json", "/metrics", "/widget.js", "/claims", "/check", "/check/static/report.css")
BESIDE_THE_API = {("POST", "/check"), *(("GET", path) for path in PAGES)}
FOR_BROWSERS = {("GET", "/widget.js"), ("GET", "/check/static/report.css"), ("POST", "/check")}


def served(found, prefix=""):
    for route in found:
        if isinstance(route, Mount):
            yield from served(route.routes or [], prefix + route.path)
        elif isinstance(route, Route):
            yield from ((method, prefix + route.path) for method in route.methods - {"HEAD"})


def documented():
    calls = re.findall(r"`(?:(GET|POST|DELETE) )?(/[\w{}./-]+)`", DOCS.split("## A message")[0])
    return {(method or "GET", path.replace("{id}", "{conversation_id}")) for method, path in calls}


def described():
    paths = OPENAPI["paths"].items()
    return {(method.upper(), path) for path, calls in paths for method in calls if method in METHODS}


def test_every_address_is_documented_for_people():
    assert set(served(routes())) - FOR_BROWSERS == documented()


def test_every_address_of_the_api_is_described_for_programs():
    assert set(served(routes())) - BESIDE_THE_API == described()


def test_every_error_code_is_documented_with_its_status():
    rows = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", DOCS, re.MULTILINE)

    assert {code: int(status) for status, code in rows} == {code: status for code, (status, _) in MESSAGES.items()}


def test_every_key_of_a_message_is_documented_and_described():
    table = DOCS.split("A reply has one or more messages")[1].split("## Errors")[0]
    documented_keys = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))

    described_keys = set(OPENAPI["components"]["schemas"]["Message"]["properties"])

    # said in the row of `role`, and keys that a program may leave alone
    assert described_keys - documented_keys <= {"client_id", "answered", "contact", "receipt"}
    assert documented_keys <= described_keys


def test_kinds_are_the_same_everywhere():
    from stemcheck.conversation.answer import Kind

    of_a_message = DOCS.split("## A message")[1]
    row = next(line for line in of_a_message.splitlines() if line.startswith("| `kind` |"))
    kinds = set(Kind.__args__)

    assert set(re.findall(r"`([a-z-]+)`", row)) - {"kind"} == kinds
    assert set(OPENAPI["components"]["schemas"]["Message"]["properties"]["kind"]["enum"]) == kinds


def test_description_is_served_as_json(http):
    assert http.get("/openapi.json").json() == OPENAPI


@pytest.mark.parametrize(("method", "path"), sorted(described()))
def test_wrong_method_is_refused(http, method, path):
    taken = {known for known, same in served(routes()) if same == path}
    address = path.replace("{conversation_id}", "x")

    for other in {"GET", "POST", "PUT", "DELETE", "PATCH"} - taken:
        response = http.request(other, address)

        assert response.status_code == 405, other
        assert error_code(response) == "bad-method"


@pytest.mark.parametrize("address", ["/nothing", "/api", "/api/nothing", "/api/conversations/x/y", "/../etc/passwd"])
def test_unknown_address_is_not_found(http, address):
    response = http.get(address)

    assert response.status_code == 404
    assert error_code(response) == "not-found"


def test_figures_name_the_route_and_no_conversation(http, conversation):
    conversation.transcript()

    figures = http.get("/metrics").text

    assert 'route="/api/conversations/{conversation_id}"' in figures
    assert conversation.id not in figures


def test_health_tells_whether_messages_are_answered(http, rasa):
    assert http.get("/health/live").json() == {"live": True}
    assert http.get("/health/ready").json() == {"ready": True}

    rasa.is_ready = False

    assert http.get("/health/ready").status_code == 503


def test_about_tells_limits_and_source(http):
    about = http.get("/api/about").json()

    assert about["max_characters"] == 8000
    assert about["retention_days"] == 90
    assert about["source"]["publisher"]
    assert about["contact"]["name"]


def test_demo_page_and_widget_are_served(http):
    assert "text/html" in http.get("/").headers["content-type"]
    assert "javascript" in http.get("/widget.js").headers["content-type"]


def test_this_test_reads_the_file_that_is_there():
    assert Path(ROOT / "docs" / "chat-api.md").is_file()
    assert documented()
