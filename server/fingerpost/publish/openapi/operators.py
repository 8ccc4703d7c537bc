"""What the service says of itself: to programs that look for data, and to those who run it."""

from fingerpost.publish.openapi import answers
from fingerpost.publish.openapi.answers import Json

_METRICS = ("text/plain", "application/openmetrics-text")


def paths() -> Json:
    """Return health, measures, and the descriptions of the data and of the interface."""
    alive = answers.answer("The process answers.", answers.json("Health"))
    ready = answers.answer("The engine answers.", answers.json("Health"))
    waiting = answers.answer("The engine does not answer.", answers.json("Health"))
    metrics = answers.answer("The measures.", answers.text(*_METRICS))
    void = answers.answer("The description.", answers.graph())
    document: Json = {"application/json": {"schema": {"type": "object"}}}
    interface = answers.answer("This document.", document)
    return {
        "/health/live": _get("live", "Say that the process answers.", {"200": alive}),
        "/health/ready": _get(
            "ready", "Say whether the engine answers.", {"200": ready, "503": waiting}
        ),
        "/metrics": _get("metrics", "Give measures in the format of Prometheus.", {"200": metrics}),
        "/openapi.json": _get("interface", "Describe the interface.", {"200": interface}, 304, 404),
        "/.well-known/void": _get("void", "Describe the data in VoID.", {"200": void}, 304, 406),
    }


def _get(operation: str, summary: str, found: Json, *more: int) -> Json:
    failing = {*answers.ANY, *more} - {304}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": ["service"],
            "responses": answers.responses(found, *failing, tagged=304 in more),
        }
    }
