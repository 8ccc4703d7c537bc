"""What holds of every answer, whatever was asked."""

import csv
import io
import json
import re
import time
import urllib.parse
import xml.dom.minidom
from collections.abc import Iterator

from pyoxigraph import RdfFormat, parse

from attack.client import Answer, ask
from attack.target import SECRET, Target

FAILURES = frozenset({503, 504, 507})
"""What of 5xx may come: busy, out of time, out of memory."""
PROBLEM = "application/problem+json"
TELLING = re.compile(
    r"Traceback|File \"|site-packages|dist-packages|(?<!w3id\.org/)fingerpost/\w+|\.py\b|panicked|\.rs:\d"
    r"|/(?:tmp|usr|home|root)/|<\w+ object at 0x|RuntimeError|werkzeug|granian",
    re.IGNORECASE,
)
"""What shows how the server is made or where it lies."""
LIGHT = 1.0
"""Seconds within which a light query is answered, also right after an attack."""
AT_ONCE = 3.0
"""Seconds within which a text is read; where time goes by the square, it is many more."""
_GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_REPOSITORIES = "SELECT (COUNT(*) AS ?n) (RAND() AS ?fresh) { ?s a fp:Repository }"


def check(answer: Answer, sent: str = "", *, page: bool = False) -> None:
    """Hold an answer to what every one must be; `sent` is what the client wrote itself.

    With `page`, the client takes HTML, and a refusal may be a page.
    """
    assert answer.status < 500 or answer.status in FAILURES, show(answer)
    assert SECRET not in answer.body.decode("utf-8", "replace") + str(dict(answer.headers))
    if answer.status == 200:
        whole(answer)
    if answer.status >= 400:
        refusal(answer, sent, page=page)


def whole(answer: Answer) -> None:
    """Hold an answer to its format: parsed to its end, it is all there."""
    text = answer.body.decode("utf-8")
    if answer.type.endswith("json"):
        json.loads(text)
    elif answer.type in _GRAPHS:
        list(parse(text, format=_GRAPHS[answer.type], base_iri="a:b"))
    elif answer.type.endswith("xml"):
        xml.dom.minidom.parseString(text)
    elif answer.type == "text/csv":
        rows = list(csv.reader(io.StringIO(text), strict=True))
        assert len({len(row) for row in rows if row}) <= 1
    elif answer.type == "text/html" and answer.body:
        assert text.rstrip().endswith("</html>")


def refusal(answer: Answer, sent: str, *, page: bool = False) -> None:
    """Hold a refusal to RFC 9457: it says what is wrong and nothing of the inside."""
    if page and answer.type == "text/html":
        assert answer.body.rstrip().endswith(b"</html>")
        return
    assert answer.type == PROBLEM, show(answer)
    problem = json.loads(answer.body)
    assert problem["status"] == answer.status
    assert isinstance(problem["detail"], str), show(answer)
    assert problem["detail"].strip(), show(answer)
    told = {found.lower() for found in TELLING.findall(problem["detail"])}
    known = urllib.parse.unquote(sent).lower()
    assert not {word for word in told if word not in known}, show(answer)


def alive(target: Target, lasting: frozenset[int]) -> None:
    """Hold the server to its life: the same processes, and a light answer in its usual time.

    One of three answers has to come in that time, as other tests use the machine too.
    """
    seconds = min(_light(target))
    assert seconds < LIGHT, f"a light query took {seconds:.1f} s"
    assert target.lasting() == lasting, "a process of the server has ended"


def _light(target: Target) -> Iterator[float]:
    """Yield the seconds that a light query takes, up to three times, until one is in time."""
    for _ in range(3):
        begin = time.monotonic()
        answer = ask(target.port, _REPOSITORIES)
        # Clients that have just hung up are noticed a moment later; until then it may say 503.
        while answer.status == 503 and time.monotonic() - begin < LIGHT:
            time.sleep(0.1)
            answer = ask(target.port, _REPOSITORIES)
        seconds = time.monotonic() - begin
        if answer.status == 504 and seconds >= LIGHT:  # others use the machine
            yield seconds
            continue
        assert answer.status == 200, show(answer)
        count = json.loads(answer.body)["results"]["bindings"][0]["n"]["value"]
        assert int(count) > 0
        yield seconds
        if seconds < LIGHT:
            return


def show(answer: Answer) -> str:
    return f"{answer.status} {dict(answer.headers)} {answer.body[:500]!r}"
