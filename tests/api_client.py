"""A small client of the chat API, as a program of somebody else would write it from docs/chat-api.md."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx


class ApiClient:
    """Speaks with the service at `address`; `http` may be another client with the same methods."""

    def __init__(self, address: str = "", http: Any = None) -> None:
        self.http = http or httpx.Client(base_url=address, trust_env=False, timeout=30)

    def __enter__(self) -> "ApiClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def open(self) -> "Conversation":
        """Begin a conversation."""
        body = self.http.post("/api/conversations", json={}).raise_for_status().json()
        return Conversation(self.http, body["conversation_id"], body["token"], body["messages"])

    def again(self, conversation: "Conversation") -> "Conversation":
        """Go on with a conversation that another client began."""
        return Conversation(self.http, conversation.id, conversation.token, conversation.greeting)


@dataclass
class Conversation:
    """One conversation with its token."""

    http: Any
    id: str
    token: str
    greeting: list[dict[str, Any]]

    @property
    def headers(self) -> dict[str, str]:
        """The token, as the API wants it."""
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, body: Any, **options: Any) -> Any:
        """Send any body as a message and return the response."""
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.post(f"/api/conversations/{self.id}/messages", json=body, headers=headers, **options)

    def post_raw(self, content: bytes, content_type: str = "application/json") -> Any:
        """Send bytes as a message and return the response."""
        headers = {**self.headers, "Content-Type": content_type}
        return self.http.post(f"/api/conversations/{self.id}/messages", content=content, headers=headers)

    def say(self, text: str, client_id: str = "") -> list[dict[str, Any]]:
        """Send a text and return the messages of the reply."""
        response = self.post({"id": client_id or secrets.token_hex(8), "text": text})
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    def transcript(self) -> list[dict[str, Any]]:
        """Return all messages so far."""
        response = self.http.get(f"/api/conversations/{self.id}", headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    def thumb(self, message_id: str, helpful: bool = True, **more: Any) -> Any:
        """Give feedback and return the response."""
        body = {"message_id": message_id, "helpful": helpful, **more}
        return self.http.post(f"/api/conversations/{self.id}/feedback", json=body, headers=self.headers)

    def erase(self) -> Any:
        """Erase the conversation and return the response."""
        return self.http.delete(f"/api/conversations/{self.id}", headers=self.headers)


def error_code(response: Any) -> str:
    """Return the code of an error, after a look at its shape."""
    body = response.json()
    assert body.keys() == {"error"}, body
    assert body["error"].keys() == {"code", "message"}, body
    assert body["error"]["message"], body
    return body["error"]["code"]
