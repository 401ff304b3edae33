"""Somebody at a browser, who uses the console."""

import re

from starlette.testclient import TestClient

PASSWORD = "a long enough password"


class Person:
    """A browser of somebody: gets pages, and sends forms with the token that the last page held."""

    def __init__(self, app, name=None):
        self.http = TestClient(app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False)
        self.csrf = ""
        if name:
            assert self.sign_in(name).status_code == 303
            self.csrf = re.search(r'name="csrf" value="([^"]+)"', self.get("/review/search").text)[1]

    def sign_in(self, name, password=PASSWORD, next="/review/"):
        page = self.http.get("/review/sign-in")
        token = re.search(r'name="form" value="([^"]+)"', page.text)[1]
        return self.http.post("/review/sign-in", data={"form": token, "name": name, "password": password, "next": next})

    def get(self, address, **more):
        return self.http.get(address, **more)

    def post(self, address, **form):
        return self.http.post(address, data={"csrf": self.csrf, **form})


def unmarked(page):
    """Return a page without the marks around what was looked for."""
    return re.sub(r'<mark class="hit">(.*?)</mark>', r"\1", page)
