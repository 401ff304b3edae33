"""A console on a real SQLite file, some conversations in it, and people who are signed in."""

import shutil
import time
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from stemcheck.settings import Settings
from stemcheck.storage import passwords
from stemcheck.storage.conversations import count_turns, open_conversation
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.exchanges import begin_exchange, end_exchange
from stemcheck.storage.feedback import give_feedback
from stemcheck.storage.migrate import migrate
from stemcheck.storage.users import add_user
from stemcheck.storage.write_turn import insert_events
from stemcheck.web.app import create_app
from stemcheck.web.review import exports
from stemcheck.web.review.meaning import QuestionVectors
from tests.library import LIBRARY
from tests.web.review.openid_provider import CLIENT, RETURN, SECRET, start_provider
from tests.web.review.person import PASSWORD, Person

NOW = time.time() - 3600


def events_of(
    text,
    at,
    *,
    situation="msc/results",
    confidence=0.9,
    claims=(),
    possible=(),
    reply=None,
    number=0,
    channel="web",
    labels=None,
):
    """The events of one turn, as Rasa writes them."""
    intent = {"name": situation.partition("/")[0], "confidence": confidence}
    ranked = [{"id": situation, "probability": confidence}, {"id": "msc/mesems", "probability": 0.05}]
    parsed = {
        "intent": intent,
        "intent_ranking": [intent],
        "claims": list(claims),
        "possible_claims": list(possible),
        "safety": "",
        "reading": {
            "model": "abcdef0123456789",
            "milliseconds": 12.5,
            "language": "",
            "situations": ranked,
            "labels": labels or {},
        },
    }
    reply = {"kind": "answer", "text": "An answer.", "facts": [], "claims": [], "rule": "answer", **(reply or {})}
    return [
        {"event": "action", "name": "action_listen", "timestamp": at - 0.01},
        {
            "event": "user",
            "text": text,
            "timestamp": at,
            "input_channel": channel,
            "message_id": f"m{number}",
            "metadata": {"client_id": f"c{number}"},
            "parse_data": parsed,
        },
        {"event": "action", "name": "action_answer", "timestamp": at + 0.01},
        {"event": "bot", "text": reply["text"], "timestamp": at + 0.02, "data": {"custom": reply}},
    ]


def claim_of(text, words, type="cure", mode="asserted"):
    start = text.index(words)
    return {
        "type": type, "mode": mode, "start": start, "end": start + len(words), "text": words, "probability": 0.97,
        "is_confirmed": True, "because": ["We cure MS."], "cue": "says",
    }  # fmt: skip


def card_of(claim, verdict="not-supported", flagged=True):
    return {
        **claim,
        "verdict": verdict,
        "flagged": flagged,
        "facts": [],
        "label": claim["type"],
        "verdict_label": verdict,
    }


def save(engine, id, happened):
    with transaction(engine) as connection:
        insert_events(connection, id, happened)
        count_turns(connection, id, happened, {"slots": {}, "loop": None})


def fill(engine):
    """Four conversations: a flagged claim, an unanswered question with a thumb down, a script, and one of Telegram."""
    text = "The clinic says: we cure MS for good."
    claim = claim_of(text, "we cure MS")
    with transaction(engine) as connection:
        open_conversation(connection, "flagged", NOW, NOW + 86400)
        for id in ("asked", "script"):
            open_conversation(connection, id, NOW, NOW + 86400)
    save(
        engine,
        "flagged",
        events_of(
            text,
            NOW + 10,
            situation="claim",
            claims=[claim],
            reply={"kind": "verdict", "text": "No.", "claims": [card_of(claim)], "rule": "claims-made"},
            number=1,
        ),
    )
    save(
        engine,
        "asked",
        events_of(
            "What does a transplant cost?",
            NOW + 20,
            situation="money/what-does-it-cost",
            confidence=0.2,
            reply={"kind": "out-of-scope", "text": "The source does not say."},
            number=2,
        ),
    )
    with transaction(engine) as connection:
        begin_exchange(connection, "asked", "c2", "What does a transplant cost?", "x", NOW + 20)
        end_exchange(
            connection,
            "asked",
            "c2",
            [{"id": "reply-2", "kind": "out-of-scope", "text": "The source does not say."}],
            NOW + 21,
        )
        give_feedback(connection, "asked", "reply-2", False, "No help", NOW + 30)
    save(
        engine,
        "script",
        events_of("<script>alert(1)</script> do MSCs help?", NOW + 30, reply={"facts": ["msc-effects"]}, number=3),
    )
    save(
        engine,
        "tele/gram&1",
        events_of(
            "hello from afar",
            NOW + 40,
            situation="small-talk/greet",
            reply={"kind": "smalltalk"},
            number=4,
            channel="telegram",
        ),
    )


@pytest.fixture(scope="session")
def library():
    return LIBRARY


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A database that each test copies, with passwords whose hashes are quickly checked."""
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._nobody.cache_clear()
    path = tmp_path_factory.mktemp("console") / "filled.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    fill(engine)
    with transaction(engine) as connection:
        for role in ("viewer", "reviewer", "admin"):
            add_user(connection, f"{role}@example.org", role, PASSWORD)
    engine.dispose()
    return path


@pytest.fixture
def console(tmp_path, library, filled, monkeypatch):
    monkeypatch.setattr(exports, "LOOK_FOR", 0.5)  # a page that follows a download ends soon when none begins
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'c.db'}", secret_file=tmp_path / "secret", _env_file=None)
    shutil.copy(filled, tmp_path / "c.db")
    engine = create_engine(settings.database_url)
    app = create_app(settings, library)
    object.__setattr__(app.routes[0].app.state.console, "load_reader", no_model)
    object.__setattr__(app.routes[0].app.state.console, "vectors", QuestionVectors(no_model))
    yield SimpleNamespace(app=app, engine=engine, settings=settings, library=library)
    engine.dispose()


def no_model():
    raise RuntimeError("no network in these tests")


@pytest.fixture
def visit(console):
    def open_console(role=None):
        return Person(console.app, f"{role}@example.org" if role else None)

    open_console.console = console
    return open_console


@pytest.fixture
def tools():
    return SimpleNamespace(
        events_of=events_of, claim_of=claim_of, card_of=card_of, save=save, fill=fill, now=NOW, password=PASSWORD
    )


@pytest.fixture(scope="module")
def running_provider():
    with start_provider() as provider:
        yield provider


@pytest.fixture
def provider(running_provider):
    """An honest OpenID provider, with nobody signed in there."""
    running_provider.reset()
    return running_provider


@pytest.fixture
def settings_of(console, provider):
    """A function that returns the console's settings with sign-in by that provider, and more of them."""

    def make(**more):
        openid = {
            "review_openid_issuer": provider.issuer,
            "review_openid_client_id": CLIENT,
            "review_openid_client_secret": SECRET,
            "review_openid_return_url": RETURN,
        }
        return Settings(**{**console.settings.dict(), **openid, **more}, _env_file=None)

    return make


@pytest.fixture
def browser(console, settings_of):
    """A browser that opened the console, which may ask for more than the usual settings."""

    def make(**more):
        app = create_app(settings_of(**more), console.library)
        return TestClient(app, base_url="http://localhost", follow_redirects=False)

    return make
