"""The server that rasa-webchat waits for before it lets anybody type: python-socketio, as in Rasa's channel, with nothing behind it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import socketio
import uvicorn

from benchmarks.services import free_port


@contextmanager
def socketio_server() -> Iterator[str]:
    """Confirm each session at once, on a free port of this machine; gives the address."""
    talk = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", allow_upgrades=False)

    async def confirm(sid: str, data: dict[str, str]) -> None:
        await talk.emit("session_confirm", data.get("session_id") or sid, room=sid)

    talk.on("session_request", confirm)
    port = free_port()
    config = uvicorn.Config(socketio.ASGIApp(talk), host="127.0.0.1", port=port, ws="none", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
