"""Figures for operators, in Prometheus' format; no text and no id of a visitor is in them."""

import logging
from collections.abc import Iterable
from typing import Any

from prometheus_client import Counter, Histogram

logger = logging.getLogger(__name__)

REPLIES = Counter("stemcheck_replies_total", "Replies by kind", ["kind"])
CLAIMS = Counter("stemcheck_claims_total", "Claims judged, by type and verdict", ["type", "verdict"])
FAILURES = Counter("stemcheck_failures_total", "Messages that could not be answered, by what failed", ["what"])
SECONDS = Histogram("stemcheck_request_seconds", "Time of a request", ["route", "status"])


def count_replies(messages: Iterable[dict[str, Any]]) -> None:
    """Count replies and the claims in them."""
    for message in messages:
        REPLIES.labels(message["kind"]).inc()
        for claim in message.get("claims", []):
            CLAIMS.labels(claim["type"], claim["verdict"]).inc()


def count_failure(what: str, problem: Exception | None) -> None:
    """Count a failure and log its kind, without the visitor's words."""
    FAILURES.labels(what).inc()
    logger.warning("A message was not answered: %s (%s)", what, type(problem).__name__ if problem else "too late")
