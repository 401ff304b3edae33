"""Hand a message to Rasa and wait for its answer, in bounded time."""

import asyncio
import ssl
from typing import Any

import httpx


class RasaUnavailable(Exception):
    """Rasa gave no answer in time, or an empty one, which is what it gives when the action server is down."""


class RasaClient:
    """Speaks with Rasa's channel `stemcheck` on loopback; see stemcheck/nlu/chat_channel.py."""

    def __init__(self, port: int, actions_port: int, seconds: float) -> None:
        self._seconds = seconds
        self._actions_health = f"http://127.0.0.1:{actions_port}/health"
        # trust_env: a proxy of the machine has no business between two processes on it
        # verify: the machine's certificates take 0.1 s to read, and plain HTTP on loopback needs none
        no_certificates = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, verify=no_certificates)

    async def ask(
        self, conversation_id: str, client_id: str, text: str, *, region: str = "", seconds: float | None = None
    ) -> list[dict[str, Any]]:
        """Return the replies (each a message of the chat API, still without id), waiting at most `seconds`. Raises RasaUnavailable."""
        wait = min(self._seconds, seconds if seconds is not None else self._seconds)
        body = {"sender": conversation_id, "message": text, "metadata": {"client_id": client_id, "region": region}}
        try:
            # wait_for bounds the whole answer; httpx alone bounds each piece of it
            response = await asyncio.wait_for(
                self._http.post("/webhooks/stemcheck/webhook", json=body, timeout=httpx.Timeout(wait, connect=1.0)),
                wait,
            )
            response.raise_for_status()
            replies = read_replies(response.json())
        except (httpx.HTTPError, ValueError, asyncio.TimeoutError) as problem:
            raise RasaUnavailable(type(problem).__name__) from None
        if not replies:
            raise RasaUnavailable("empty answer")
        return replies

    async def is_ready(self) -> bool:
        """Return whether Rasa has loaded its model and the action server answers."""
        try:
            answers = [
                await self._http.get(address, timeout=2)
                for address in ("/webhooks/stemcheck/ready", self._actions_health)
            ]
        except httpx.HTTPError:
            return False
        return all(answer.status_code == 200 for answer in answers)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def read_replies(found: Any) -> list[dict[str, Any]]:
    """Return the messages in Rasa's answer; what is no message of the chat API is left out."""
    custom = [item.get("custom") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [message for message in custom if isinstance(message, dict) and {"kind", "text"} <= message.keys()]
