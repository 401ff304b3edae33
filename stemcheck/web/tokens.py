"""The token that binds a visitor to one conversation: signed, and dead after some days."""

import os
import secrets
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

SECRET_BYTES = 32
SALT = "stemcheck-conversation"


def load_secret(path: Path) -> str:
    """Return the secret in `path`; make it, readable by its owner alone, when it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(SECRET_BYTES))
    except FileExistsError:
        pass
    secret = path.read_text().strip()
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"{path}: the secret is too short. Delete the file; a new one is made at the next start.")
    return secret


class Tokens:
    """Makes and reads tokens."""

    def __init__(self, secret: str, days: float) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt=SALT)
        self.seconds = round(days * 24 * 3600)

    def make(self, conversation_id: str) -> str:
        """Return a token for the conversation."""
        return str(self._serializer.dumps(conversation_id))

    def fits(self, token: str, conversation_id: str) -> bool:
        """Return whether the token is ours, not expired, and of this conversation."""
        try:
            return bool(self._serializer.loads(token, max_age=self.seconds) == conversation_id)
        except BadData:
            return False
