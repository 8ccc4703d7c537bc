"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol: request by request, as the tests ask."""

from collections.abc import Iterable, Iterator

from conformance import compare, results
from conformance.client import Broken, Response
from conformance.evaluation import Failed, Outcome, insertion
from conformance.exchanges import Conversation, Exchange
from conformance.manifests import Suites
from conformance.results import SUFFIXES, Graph
from conformance.servers import Server

KINDS = {
    "boolean": {".srx", ".srj"},
    "tabular": {".srx", ".srj", ".csv", ".tsv"},
    "RDF": {".ttl", ".nt", ".rdf"},
}
BASE = "http://www.example/"


def run(server: Server, suites: Suites, tests: Iterable[Conversation]) -> Iterator[Outcome]:
    """The outcome of each test; every one starts from the data that it names and no other."""
    for test in tests:
        yield Outcome(test.id, _cause(server, suites, test))


def _cause(server: Server, suites: Suites, test: Conversation) -> str:
    loaded = server.update(insertion(suites, test.before))
    if loaded.status // 100 != 2:
        return f"status {loaded.status} for loading"
    names: dict[str, str] = {}
    for number, exchange in enumerate(test.exchanges, 1):
        filled = exchange.filled(names)
        try:
            answer = server.send(filled.request)
            check(filled, answer)
        except (Failed, Broken, ValueError, SyntaxError, KeyError, OSError) as failure:
            request = filled.request
            return f"{number}: {request.method} {request.target[:80]}: {failure}"
        if exchange.location:
            names[exchange.location] = answer.headers["location"]
    return ""


def check(exchange: Exchange, answer: Response) -> None:
    """Fail where an answer is not what the test expects."""
    if answer.status not in exchange.statuses:
        words = " ".join(answer.body.decode("utf-8", "replace").split())
        wanted = _ranges(exchange.statuses)
        raise Failed(f"status {answer.status} where {wanted} is asked for; {words[:120]}")
    if exchange.location and not answer.headers.get("location"):
        raise Failed("no Location")
    if exchange.format:
        _format(exchange, answer)
    if exchange.media_type:
        _media_type(exchange, answer)
    if exchange.body is not None:
        _graph(exchange, answer)


def _ranges(statuses: Iterable[int]) -> str:
    hundreds = {f"{status // 100}xx" for status in statuses if status + 50 in statuses}
    return " or ".join(sorted(hundreds) or map(str, sorted(statuses)))


def _format(exchange: Exchange, answer: Response) -> None:
    suffix = SUFFIXES.get(answer.media_type)
    if suffix not in KINDS[exchange.format]:
        raise Failed(f"{answer.media_type or 'no media type'} where {exchange.format} is expected")
    found = results.read(answer.body, suffix, BASE)
    if exchange.boolean is not None and found is not exchange.boolean:
        raise Failed(f"{found} where {exchange.boolean} is expected")


def _media_type(exchange: Exchange, answer: Response) -> None:
    wanted = Response(0, {"content-type": exchange.media_type}).media_type
    if answer.media_type != wanted:
        raise Failed(f"{answer.media_type or 'no media type'} where {wanted} is expected")


def _graph(exchange: Exchange, answer: Response) -> None:
    wanted = _read(Response(0, {"content-type": exchange.media_type}, exchange.body.encode()))
    cause = compare.difference(wanted, _read(answer))
    if cause:
        raise Failed(cause)


def _read(response: Response) -> Graph:
    return results.read(response.body, SUFFIXES[response.media_type], BASE)
