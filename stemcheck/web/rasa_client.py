"""Hand a message to Rasa and wait for its answer, in bounded time."""

from typing import Any

import httpx


class RasaUnavailable(Exception):
    """Rasa gave no answer in time, or an empty one, which is what it gives when the action server is down."""


class RasaClient:
    """Speaks with Rasa's channel `stemcheck` on loopback; see stemcheck/nlu/chat_channel.py."""

    def __init__(self, port: int, seconds: float) -> None:
        # one connection attempt is quick on loopback; the rest of the time is Rasa's
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=httpx.Timeout(seconds, connect=1.0), trust_env=False
        )

    async def ask(self, conversation_id: str, client_id: str, text: str) -> list[dict[str, Any]]:
        """Return the replies (each a message of the chat API, still without id). Raises RasaUnavailable."""
        body = {"sender": conversation_id, "message": text, "metadata": {"client_id": client_id}}
        try:
            response = await self._http.post("/webhooks/stemcheck/webhook", json=body)
            response.raise_for_status()
            found = response.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise RasaUnavailable(type(problem).__name__) from None
        replies = [item["custom"] for item in found if isinstance(item, dict) and isinstance(item.get("custom"), dict)]
        if not replies:
            raise RasaUnavailable("empty answer")
        return replies

    async def is_ready(self) -> bool:
        """Return whether Rasa has loaded its model and the action server answers."""
        try:
            response = await self._http.get("/webhooks/stemcheck/ready", timeout=2)
        except httpx.HTTPError:
            return False
        return response.status_code == 200

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
