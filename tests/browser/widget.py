"""The chat as a visitor meets it: what tests do with it and see of it."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, Route

# Notes each text that a screen reader would be told: what is put into a live region of the page itself.
EAR = """
window.announced = [];
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    if (target.matches?.('[aria-live]')) announced.push(...[...addedNodes].map((node) => node.textContent));
  }
}).observe(document, { childList: true, subtree: true });
"""
CLAIM = "Stem cells cure MS."
BAD_STATES = ("Not sent", "Not answered")


class Widget:
    """One `<stem-check>` on a page; `place` tells which, when there are several."""

    def __init__(self, page: Page, place: int = 0) -> None:
        self.page = page
        self.host = page.locator("stem-check").nth(place)
        self.launcher = self.host.locator(".launcher")
        self.panel = self.host.locator(".panel")
        self.log = self.host.locator(".log")
        self.input = self.host.locator("form textarea")
        self.articles = self.host.locator("article")
        self.mine = self.host.locator("article.me")
        self.replies = self.host.locator("article:not(.me)")

    def open(self) -> "Widget":
        """Open the floating chat and wait for the greeting."""
        self.launcher.click()
        self.replies.first.wait_for()
        return self

    def button(self, name: str) -> Locator:
        """Return the newest button with this name."""
        return self.host.get_by_role("button", name=name, exact=True).last

    def type(self, text: str) -> None:
        """Write a message and send it."""
        self.input.fill(text)
        self.button("Send").click()

    def say(self, text: str) -> Locator:
        """Send a message and return the reply to it."""
        before = self.replies.count()
        self.type(text)
        return self.next_reply(before)

    def next_reply(self, before: int) -> Locator:
        """Wait until there are more replies than `before`, and return the newest."""
        self.replies.nth(before).wait_for()
        self.host.locator(".typing").wait_for(state="hidden")
        return self.replies.last

    def texts(self) -> list[str]:
        """Return what the visitor has said, oldest first."""
        return self.mine.locator(".text").all_inner_texts()

    def transcript(self) -> list[dict[str, Any]]:
        """Return what the service has stored of the conversation."""
        return self.page.evaluate(
            "(async () => { const { id, token } = JSON.parse(Object.values(localStorage).find((text) => text.includes('token')));"
            " const answer = await fetch(`/api/conversations/${id}`, { headers: { Authorization: `Bearer ${token}` } });"
            " return (await answer.json()).messages; })()"
        )

    def announced(self) -> list[str]:
        """Return what a screen reader was told since the page was loaded."""
        return self.page.evaluate("announced")

    def focused(self) -> str:
        """Return the tag and class of what has the focus inside the chat, or nothing when it is elsewhere."""
        return self.page.evaluate(
            "(() => { const at = document.activeElement.shadowRoot?.activeElement;"
            " return at ? `${at.localName} ${at.className}`.trim() : ''; })()"
        )

    def is_too_wide(self) -> bool:
        """Return whether the page or the transcript scrolls sideways."""
        return self.page.evaluate(
            "[document.scrollingElement, document.querySelector('stem-check').shadowRoot.querySelector('.log')]"
            ".some((box) => box.scrollWidth > box.clientWidth)"
        )

    def answer_with(self, **message: Any) -> None:
        """From now on, answer every message with this reply in place of the service's."""
        whole = {
            "id": "made-up",
            "role": "assistant",
            "kind": "answer",
            "sent_at": "2026-01-02T03:04:05+00:00",
            "text": "Made up.",
            **{key: [] for key in ("facts", "claims", "updates", "sources", "citations", "suggestions")},
            **message,
        }
        self.page.route("**/messages", lambda route: route.fulfill(json={"messages": [whole]}))

    def lose_requests(self) -> None:
        """Let no message reach the service, as when the connection is down."""
        self.page.route("**/messages", lambda route: route.abort())

    def lose_replies(self) -> list[str]:
        """Let messages reach the service and lose what it answers; returns a list that fills with the client ids."""
        ids: list[str] = []

        def pass_and_lose(route: Route) -> None:
            ids.append(json.loads(route.request.post_data)["id"])
            route.fetch()
            route.abort()

        self.page.route("**/messages", pass_and_lose)
        return ids

    def mend(self) -> None:
        """End all of that."""
        self.page.unroute("**/messages")
