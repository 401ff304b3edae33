"""Every response keeps a browser from doing more than it needs; other websites get what the operator allows."""

import pytest

ADDRESSES = ["/", "/widget.js", "/api/about", "/api/nothing", "/nothing", "/openapi.json", "/health/live", "/metrics"]
SITE = "https://charity.example"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_has_the_strict_headers(http, address):
    headers = http.get(address).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/api/about", "/api/nothing", "/api/conversations/x"])
def test_replies_of_the_api_are_never_cached(http, address):
    assert http.get(address).headers["cache-control"] == "no-store"


def test_widget_may_be_loaded_by_other_websites_and_the_api_not(http):
    assert http.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert http.get("/api/about").headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/widget.js", "/languages/de.json", "/demo.css"])
def test_files_are_sent_compressed(http, address):
    small, large = (http.get(address, headers={"Accept-Encoding": coding}).headers for coding in ("gzip", "identity"))

    assert small["content-encoding"] == "gzip"
    assert "Accept-Encoding" in small["vary"]
    assert "content-encoding" not in large


def test_replies_of_the_api_are_not_compressed(http):
    assert "content-encoding" not in http.get("/api/about", headers={"Accept-Encoding": "gzip"}).headers


def test_nothing_tells_which_server_this_is(http):
    headers = http.get("/").headers

    assert "server" not in headers
    assert "x-powered-by" not in headers


def test_listed_origin_may_read_replies(start):
    http = start(allowed_origins=f"https://other.example, {SITE}/")

    response = http.post("/api/conversations", json={}, headers={"Origin": SITE})

    assert response.headers["access-control-allow-origin"] == SITE


def test_errors_can_be_read_by_a_listed_origin_too(start):
    http = start(allowed_origins=SITE)

    response = http.get("/api/conversations/x", headers={"Origin": SITE})

    assert response.status_code == 401
    assert response.headers["access-control-allow-origin"] == SITE


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://charity.example", f"{SITE}.evil.example"])
def test_other_origins_may_not(start, origin):
    http = start(allowed_origins=SITE)

    response = http.post("/api/conversations", json={}, headers={"Origin": origin})

    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_preflight_allows_what_the_widget_sends(start, method):
    http = start(allowed_origins=SITE)
    wanted = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type"}

    response = http.options("/api/conversations", headers={"Origin": SITE, **wanted})

    assert response.status_code == 200
    assert method in response.headers["access-control-allow-methods"]


def test_preflight_refuses_other_methods(start):
    http = start(allowed_origins=SITE)

    response = http.options("/api/conversations", headers={"Origin": SITE, "Access-Control-Request-Method": "PUT"})

    assert response.status_code == 400


def test_no_credentials_are_ever_allowed(start):
    http = start(allowed_origins="*")

    response = http.get("/api/about", headers={"Origin": "https://anybody.example"})

    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


def test_time_to_wait_can_be_read_by_a_widget_elsewhere(start):
    http = start(allowed_origins=SITE)

    response = http.get("/api/about", headers={"Origin": SITE})

    assert "retry-after" in response.headers["access-control-expose-headers"].lower()
