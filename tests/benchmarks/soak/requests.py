"""What the clients of a soak ask: a mix of what users, programs and strangers send."""

import itertools
import random
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ladder.serving import DATA, PHASES, WORDS

from attack.client import FORM, message
from browser.kinds import PAGES, REFUSED
from writing.service import ALT, GRAPH, ZENODO

TOKEN = "a-token-of-the-soak-0123456789"
FINE = frozenset({200})
FAILURES = frozenset({503, 504, 507})
SAVED = (
    "curate/counts",
    "curate/gaps",
    "explore/data-types",
    "recommend/tools-for-phase?phase=plan",
)
RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
)
UNFINISHED = (
    b"GET /spar",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nquery=ASK",
)


@dataclass(frozen=True)
class Request:
    """Bytes to send, what may be answered, and whether the client waits for it."""

    sent: bytes
    statuses: frozenset[int] = FINE
    method: str = "GET"
    waits: bool = True


def get(target: str, statuses: frozenset[int] = FINE, **headers: str) -> Request:
    return Request(message("GET", target, headers), statuses)


def post(fields: dict[str, str], statuses: frozenset[int], **headers: str) -> Request:
    given = {"Content-Type": FORM, **headers}
    body = urllib.parse.urlencode(fields).encode()
    return Request(message("POST", "/sparql", given, body), statuses, "POST")


def query(text: str, statuses: frozenset[int] = FINE) -> Request:
    return post({"query": text}, statuses)


def light(chance: random.Random) -> Request:
    return query(
        f"SELECT ?r {{ ?r a fp:Repository }} ORDER BY ?r LIMIT {chance.randrange(1, 99_999)}"
    )


def long(chance: random.Random) -> Request:
    return query(f"SELECT * {{ ?s ?p ?o }} LIMIT 2000 OFFSET {chance.randrange(0, 20_000)}")


def volatile(_: random.Random) -> Request:
    return query("SELECT ?t (COUNT(*) AS ?n) (SAMPLE(RAND()) AS ?r) { ?s a ?t } GROUP BY ?t")


def recommend(chance: random.Random) -> Request:
    format_ = chance.choice(("csv", "json", "html"))
    data, phase = chance.choice(DATA), chance.choice(PHASES)
    return get(f"/recommend?data={data}&phase={phase}&format={format_}")


def search(chance: random.Random) -> Request:
    word = chance.choice(WORDS)
    return get(f"/search?q={word[: chance.randrange(2, 6)]}")


def page(chance: random.Random) -> Request:
    return _page(chance.choice(list(PAGES)))


def pages() -> Iterator[Request]:
    """Yield a request for a page of each kind."""
    return map(_page, PAGES)


def _page(name: str) -> Request:
    return get(PAGES[name], frozenset({REFUSED.get(name, 200)}), Accept="text/html")


def saved(chance: random.Random) -> Request:
    name, _, fields = chance.choice(SAVED).partition("?")
    return get(
        f"/queries/{name}?{fields}&format={chance.choice(('csv', 'json'))}".replace("?&", "?")
    )


def runaway(chance: random.Random) -> Request:
    return query(f"# {chance.random()}\n{chance.choice(RUNAWAYS)}", FAILURES)


def wrong(chance: random.Random) -> Request:
    return chance.choice(
        (
            query("SELECT * {", frozenset({400})),
            query(f"ASK {{ {'(' * 3000}", frozenset({400})),
            query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", frozenset({403})),
            get("/repository/no-such-thing", frozenset({404})),
            get("/queries/curate/counts?x=y&format=json", frozenset({400})),
            get("/sparql?query=ASK%7B%7D", frozenset({406}), Accept="image/png"),
            Request(b"NONSENSE\r\n\r\n", frozenset({0, 400})),
        )
    )  # fmt: skip


def abandoned(chance: random.Random) -> Request:
    """Return what is sent by a client that goes away before there is an answer."""
    whole = (runaway(chance).sent, long(chance).sent, page(chance).sent)
    return Request(chance.choice((*whole, *UNFINISHED)), waits=False)


READING: tuple[tuple[Callable[[random.Random], Request], int], ...] = (
    *((light, 6), (long, 2), (volatile, 3), (recommend, 6), (search, 6), (page, 6), (saved, 4)),
    *((runaway, 1), (wrong, 2), (abandoned, 2)),
)
"""What is asked, and how often among the others."""


def reading(seed: int) -> Iterator[Request]:
    """Yield requests without end, the same for the same seed."""
    chance = random.Random(seed)
    makers, weights = zip(*READING, strict=True)
    while True:
        [made] = chance.choices(makers, weights)
        yield made(chance)


def writing() -> Iterator[Request]:
    """Yield changes without end: put in, take out again, and some that are refused."""
    for number in itertools.count():
        yield _update(f"INSERT DATA {_name(number)}", FINE)
        yield _update("INSERT DATA { <a:b> <a:c> <a:d> }", frozenset({409}))
        yield _update(f"DELETE DATA {_name(number)}", FINE)
        yield _update(f"INSERT DATA {_name(number)}", frozenset({401}), token="not a token")


def _name(number: int) -> str:
    return f'{{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> "soaked {number}"@en }} }}'


def _update(text: str, statuses: frozenset[int], token: str = TOKEN) -> Request:
    return post({"update": text}, statuses, Authorization=f"Bearer {token}")
