"""What an answer says of its age, where it is of a generation before the current one."""

import time
from datetime import UTC, datetime

from flask import Flask, Response, g

from fingerpost.index import former


def register(app: Flask) -> None:
    """Let an application say how old its answers are, on pages and in a header."""
    app.before_request(_begin)
    app.after_request(_told)
    app.jinja_env.globals["as_of"] = _as_of


def _begin() -> None:
    former.oldest()


def _as_of() -> datetime | None:
    """Return until when what is on a page stood, where it is of a generation before."""
    g.until = _until()
    return datetime.fromtimestamp(g.until, UTC) if g.until else None


def _told(answer: Response) -> Response:
    """Say for how many seconds an answer has been out of date (RFC 9111, 5.1)."""
    until = _until()
    if until:
        answer.headers["Age"] = str(max(1, round(time.time() - until)))
        answer.headers["Cache-Control"] = "no-cache"
    return answer


def _until() -> float | None:
    noted = [one for one in (g.get("until"), former.oldest()) if one]
    return min(noted, default=None)
