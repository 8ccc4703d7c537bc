"""What stands before the pages: replies kept whole, conditions, codings, a short way to SPARQL.

An answer with an entity tag is a function of the generation, the address and a few headers, so it
is kept as it goes over the wire, and given again without asking anybody. A query that is asked
for the first time goes to the engine without the framework, which costs more than a light query.
"""

import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException, RequestTimeout
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response
from werkzeug.wsgi import ClosingIterator

from fingerpost.errors import EngineBusy, FingerpostError, NotAsExpected
from fingerpost.web import bodies, formats, language, protocol, reply, sparql
from fingerpost.web.observed import Observed
from fingerpost.web.rates import Rates
from fingerpost.web.reply import Headers, Kept, Reply
from fingerpost.web.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_IN_PIECES = 1024 * 1024
"""Bytes from which on an answer of the framework is passed on piece by piece."""

_DAY = 24 * 60 * 60
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
_READS = frozenset({"GET", "HEAD"})
_ASKING = _READS | {"POST"}
_KEY = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST")


class Front:
    """A WSGI application that answers before `app` does; `secured` goes with every answer."""

    def __init__(self, app: Flask, site: Site, secured: Headers) -> None:
        self._app = app
        self._inner = app.wsgi_app
        self._site = site
        self._secured = secured
        self._trusted = frozenset(site.policy.proxies)
        self._forwarded = ProxyFix(_nothing, x_for=1, x_proto=1, x_host=1)
        self._rates = Rates(site.policy.rate)
        self._observed = Observed(site.tally, access_log=site.policy.access_log)
        self._kept = Kept()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        begin = time.perf_counter()
        if environ.get("REMOTE_ADDR") in self._trusted:
            self._forwarded(environ, start)
        found = self._reply(environ)
        identifier = self._observed.identify(environ)
        seconds = time.perf_counter() - begin
        self._observed.saw(environ, identifier, found.status, len(found.body), seconds)
        start(_STATUS[found.status], [*found.headers, ("X-Request-Id", identifier)])
        if environ["REQUEST_METHOD"] == "HEAD":
            found.close()
            return [b""]
        return [found.body] if found.pieces is None else found.pieces

    def _reply(self, environ: "WSGIEnvironment") -> Reply:
        try:
            self._rates.check(environ.get("REMOTE_ADDR", ""))
            bodies.read(environ)
        except RequestTimeout as fault:
            return reply.broken_off(self._fault(environ, fault))
        except (FingerpostError, HTTPException) as fault:
            return self._fault(environ, fault)
        if environ["REQUEST_METHOD"] not in _READS:
            return reply.coded(environ, self._made(environ))
        spoken = language.chosen(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        key = (*map(environ.get, _KEY), environ["wsgi.url_scheme"], spoken)
        age = self._age()
        found = self._kept.get(age, key)
        if found is None:
            found = reply.coded(environ, self._made(environ))
            if age[0] >= 0 and not found.header("age"):
                self._kept.put(age, key, found)
        if not reply.expected(environ, found):
            found.close()
            return self._fault(environ, NotAsExpected("This is not in the state of If-Match."))
        return reply.conditional(environ, found)

    def _age(self) -> tuple[int, int]:
        """Return generation and day; a negative generation while it cannot be told."""
        try:
            number = self._site.engine.generation.number
        except EngineBusy:
            number = -1
        return number, int(time.time() // _DAY)

    def _made(self, environ: "WSGIEnvironment") -> Reply:
        if environ["PATH_INFO"].strip("/") == "sparql" and environ["REQUEST_METHOD"] in _ASKING:
            return self._sparql(environ)
        return self._by_framework(environ)

    def _sparql(self, environ: "WSGIEnvironment") -> Reply:
        """Answer a query without the framework; what is none is left to it."""
        try:
            asked = environ[sparql.ASKED] = protocol.read(
                environ["REQUEST_METHOD"],
                environ["QUERY_STRING"],
                environ.get("CONTENT_TYPE", ""),
                environ["wsgi.input"].getvalue(),
            )
            if asked is None or asked.kind == "update" or asked.format == sparql.PAGE:
                return self._by_framework(environ)
            found = sparql.find(self._site, asked, environ.get("HTTP_ACCEPT", ""))
        except (FingerpostError, UnicodeError) as fault:
            return self._fault(environ, fault)
        headers = formats.headers(found.answer, found.media_type, found.tag)
        pieces = found.answer.chunks() if found.answer.file else None
        return Reply(HTTPStatus.OK, [*headers, *self._secured], found.answer.body, pieces)

    def _by_framework(self, environ: "WSGIEnvironment") -> Reply:
        """Let the application answer; HEAD as GET, whose body is left out later."""
        if environ["REQUEST_METHOD"] == "HEAD":
            environ = {**environ, "REQUEST_METHOD": "GET"}
        return _of(Response.from_app(self._inner, environ))

    def _fault(self, environ: "WSGIEnvironment", fault: Exception) -> Reply:
        with self._app.request_context(environ):
            answer = self._app.make_response(self._app.handle_user_exception(fault))
            return _of(self._app.process_response(answer))


def _of(answer: Response) -> Reply:
    """Return what the framework answered; what has a known length and is long stays in pieces."""
    headers = list(answer.headers)
    if answer.is_streamed and (answer.content_length or _IN_PIECES) >= _IN_PIECES:
        return Reply(
            answer.status_code, headers, pieces=ClosingIterator(answer.iter_encoded(), answer.close)
        )
    return Reply(answer.status_code, headers, answer.get_data())


def _nothing(_environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
    return []
