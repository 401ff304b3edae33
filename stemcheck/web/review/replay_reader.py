"""Reads a message as it would be read now: by the running assistant, or by the network alone when that is away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx

from stemcheck.answers.understood import Understood, read_message
from stemcheck.content.library import Library
from stemcheck.content.safety_rule import build_safety_rule

SECONDS = 5.0
RANKED = 5
# text and metadata (topic, region) → how it is understood, and whether the running assistant read it
Reader = Callable[[str, Mapping[str, str]], tuple[Understood, bool]]


def load_reader(rasa_port: int, library: Library) -> Reader:
    """Return the reader; it raises NetworkMissing when there is neither a running assistant nor a network."""

    def read(text: str, metadata: Mapping[str, str]) -> tuple[Understood, bool]:
        try:
            return read_live(rasa_port, text, metadata), True
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return read_alone(library, text), False

    return read


def read_live(rasa_port: int, text: str, metadata: Mapping[str, str]) -> Understood:
    """Return how Rasa's whole pipeline understands a message. Raises httpx.HTTPError when Rasa does not answer."""
    body = {"message": text, "metadata": dict(metadata)}
    # never by a proxy: Rasa listens on this machine alone
    with httpx.Client(timeout=SECONDS, trust_env=False) as client:
        answer = client.post(f"http://127.0.0.1:{rasa_port}/webhooks/stemcheck/read", json=body).raise_for_status()
    understood: dict[str, Any] = answer.json()
    return replace(read_message(understood), text=text)


def read_alone(library: Library, text: str) -> Understood:
    """Return what the network alone says of a message, without what was said before. Raises NetworkMissing."""
    from stemcheck.claims.spotter import load_spotter
    from stemcheck.network.network import load_network

    network, spotter = load_network(), load_spotter()
    intents = network.read([text])[0].intents
    ranking = tuple((network.intents[place], float(intents[place])) for place in intents.argsort()[::-1][:RANKED])
    card = build_safety_rule(library.safety).find(text)
    claims = tuple(claim for claim in spotter.find_claims(text) if claim.is_confirmed)
    return Understood(text, ranking, claims=claims, safety=str(card.id) if card else "")
