"""The widgets that are compared: how each is put on a page, and where its text box is; the peers' files come from npm."""

import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.services import ROOT

CACHE = ROOT / ".cache" / "widget-peers"


@dataclass(frozen=True)
class Embedded:
    """A widget on a page: what its own documentation says to write, and an expression that finds its text box."""

    name: str
    script: Path
    embedding: str
    text_box: str

    @property
    def page(self) -> str:
        """Return a whole page with the widget on it, in the page and not behind a button."""
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{self.name}</title></head>'
            f"<body><main><h1>A charity</h1><p>Words of the page.</p>{self.embedding}</main></body></html>"
        )


def ours(service_url: str) -> Embedded:
    """Return StemCheck's widget, which asks the service there for its greeting."""
    return Embedded(
        "StemCheck",
        ROOT / "stemcheck" / "web" / "static" / "widget.js",
        f'<stem-check inline api="{service_url}"></stem-check><script src="/widget.js" async></script>',
        "document.querySelector('stem-check')?.shadowRoot?.querySelector('form textarea')",
    )


def deep_chat(version: str = "2.4.2") -> Embedded:
    """Return deep-chat in its demo mode, which asks no server."""
    return Embedded(
        f"deep-chat {version}",
        unpack("deep-chat", version, "dist/deepChat.bundle.js"),
        '<deep-chat demo="true"></deep-chat><script type="module" src="/deepChat.bundle.js"></script>',
        "document.querySelector('deep-chat')?.shadowRoot?.querySelector('#text-input')",
    )


def rasa_webchat(socket_url: str, version: str = "1.0.1") -> Embedded:
    """Return rasa-webchat, which lets nobody type before the socket.io server there has confirmed the session."""
    options = f"{{socketUrl: '{socket_url}', embedded: true}}"
    return Embedded(
        f"rasa-webchat {version}",
        unpack("rasa-webchat", version, "lib/index.js"),
        f'<script src="/index.js" async onload="WebChat.default({options}, null)"></script>',
        "document.querySelector('.rw-new-message')",
    )


def unpack(package: str, version: str, member: str) -> Path:
    """Return a file of an npm package, fetched by `npm pack` if it is not in the cache. Raises CalledProcessError."""
    target = CACHE / f"{package}-{version}" / Path(member).name
    if not target.is_file():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
            archive = next(Path(folder).glob("*.tgz"))
            with tarfile.open(archive) as packed:
                content = packed.extractfile(f"package/{member}")
                assert content, f"{package}: no {member} in {archive.name}; name the file that this version has"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
    return target
