"""Requests whose method, address or parameters are wrong."""

from collections.abc import Iterator

from attack.client import FORM, message
from attack.malformed import (
    BAD,
    CLIENT,
    FIELDS,
    FINE,
    FORMAT,
    GOOD,
    LARGE,
    METHOD,
    MISSING,
    Case,
    get,
    post,
    raw,
)


def methods() -> Iterator[Case]:
    """Methods that no address offers, and names that are no methods."""
    for target in ("/", "/queries", "/queries/curate/counts", "/recommend", "/repository/zenodo"):
        for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE", "GETT", "get"):
            statuses = METHOD | FINE if method == "get" else METHOD
            yield Case(f"method: {method} {target}", message(method, target), statuses)
    for method in ("PUT", "DELETE", "PATCH", "SEARCH", "QUERY!", "X" * 5000):
        yield Case(f"method: {method[:9]} /sparql", message(method, "/sparql"), METHOD)
    for method in ("G@T", "GET\t", "(GET)", "", "\x00", "G\xe9T"):
        yield raw(f"method: {method!r}", message(method, "/"), BAD)


def addresses() -> Iterator[Case]:
    """Addresses with bad escapes, ways upwards, and names that nothing has."""
    for path in (
        *("/%", "/%2", "/%zz", "/%00", "/%ff", "/%u0041", "/%c0%af", "/%ed%a0%80", "/%0d%0aX-Evil:1"),
        *("//", "///", "//sparql", "/sparql/", "/sparql//", "/sparql.rq", "/./sparql", "/sparql/../x"),
        *("/repository/%ff", "/repository/%00", "/repository/zenodo%00.ttl", "/repository/zenodo.",),
        *("/repository/zenodo.ttl.ttl", "/repository/zenodo.TTL", "/repository/zenodo.exe"),
        *("/repository/.ttl", "/repository/", "/repository", "/repository//zenodo", "/id", "/id/"),
        *("/id/repository", "/id/repository/", "/id//zenodo", "/id/x/y/z", "/id/repository/zenodo/x"),
        *("/id/repository/..", "/id/../repository/zenodo", "/id/repository/%2e%2e%2f", "/id/%ff/x"),
        *("/static/../../errors.py", "/static/..%2f..%2ferrors.py", "/static/%2e%2e/%2e%2e/errors.py"),
        *("/static/....//....//errors.py", "/static//etc/passwd", "/static/%2fetc%2fpasswd"),
        *("/static/..\\..\\errors.py", "/static/%5c..%5c..%5cerrors.py", "/static/%00", "/static/"),
        *("/static/style.css%00.html", "/static/style.css/", "/static/~root", "/static/%c0%ae%c0%ae/"),
        *("/queries/", "/queries/..", "/queries/../etc/passwd", "/queries/..%2f..%2fpyproject.toml"),
        *("/queries/%2e%2e/%2e%2e/README", "/queries/curate/../curate/counts", "/queries//etc/passwd"),
        *("/queries/curate/counts.rq.rq", "/queries/curate/counts.exe", "/queries/curate", "/queries/.rq"),
        *("/queries/curate/counts%00", "/queries/curate/counts%00.rq", "/queries/%ff", "/queries/curate%2f"),
        *("/../../../../etc/passwd", "/..;/etc/passwd", "/.git/config", "/.env", "/proc/self/environ"),
        *("/health", "/health/", "/health/dead", "/wp-login.php", "/server-status", "/console", "/;/x"),
        *("/" + "x" * 5000, "/id/repository/" + "x" * 5000, "/" + "/".join(["x"] * 2000), "/" + "a/../" * 900 + "x"),
    ):  # fmt: skip
        yield get("address", path, CLIENT | frozenset({200, 301, 303, 308}))
    for path in (
        "/nothing",
        "/nothing/at/all",
        "/repository/nothing",
        "/castle/zenodo",
        "/queries/x",
    ):
        yield get("address", path, MISSING)
    yield get("fragment", "/sparql#x", FINE | BAD)


def parameters() -> Iterator[Case]:
    """Parameters missing, doubled, empty, of the wrong kind, or too many."""
    for query in (
        *("query=", "query", "query=%", "query=%zz", "query=%ff", "query=%ed%a0%80", "query=%c0%80"),
        *("query=%00", "query=+", "query=%0a", "query=ASK", "query=ASK%7B%7D&query=ASK%7B%7D"),
        *("query=ASK%7B%7D&query=", "default-graph-uri=a:b"),
        *("query=ASK%7B%7D&default-graph-uri=", "query=ASK%7B%7D&default-graph-uri=x"),
        *("query=ASK%7B%7D&default-graph-uri=%3Ca:b%3E", "query=ASK%7B%7D&named-graph-uri=a%20:b"),
        *("query=ASK%7B%7D&named-graph-uri=%ff", "query=ASK%7B%7D&named-graph-uri=a:%0d%0ab"),
        *("update=DROP+ALL", "update="),
    ):  # fmt: skip
        yield get("parameter", "/sparql?" + query, BAD | frozenset({403}))
    for query in (
        "format=pdf",
        "format=ttl",
        "format=../x",
        "format=%00",
        "format=%ff",
        "format=*/*",
    ):
        yield get("parameter", f"{GOOD}&{query}", FORMAT | BAD)
    for query in (
        "",
        "x=y",
        "format=&x=1",
        "format=csv&format=json",
        "timeout=99999",
        "query%00=x",
    ):
        yield get("parameter", f"{GOOD}&{query}", FINE | BAD | FORMAT)
    for query in (
        *("", "x=y", "data=", "data=%20", "data=%00", "data=%ff", "data=" + "x" * 5000, "data=zzqqzz"),
        *("phase=share&phase=plan&data=imaging", "data=imaging&limit=0", "data=imaging&limit=-1", "limit=1"),
        *("data=imaging&limit=101", "data=imaging&limit=1e9", "data=imaging&limit=" + "9" * 5000),
        *("data=imaging&limit=%EF%BC%91", "data=imaging&limit=%C2%B2", "data=imaging&limit=1_0"),
        *("data=imaging&at=0000-00-00", "data=imaging&at=99999-01-01", "data=imaging&at=2025-02-30"),
        *("data=imaging&country=S", "data=imaging&country=%00%00", "data=imaging&country=S%0aE"),
        *("data=imaging&sensitive=2", "data=imaging&kind=castle", "data=imaging&phase=dance"),
        *("data=imaging&kind=%ff", "data=%F0%9F%98%80", "technique=imaging%00", "Data=imaging"),
    ):  # fmt: skip
        yield get("question", "/recommend?format=json&" + query, BAD | frozenset({300}))
    for target in (
        "/queries/recommend/advice?format=json",
        "/queries/recommend/advice?format=json&phase=",
        "/queries/recommend/advice?format=json&phase=%3E",
        "/queries/recommend/advice?format=json&phase=a:b%3E",
        "/queries/recommend/advice?format=json&phase=share&phase=plan",
        "/queries/recommend/advice?format=json&phase=share&x=1",
        "/queries/recommend/advice?format=json&phase=%ff",
        "/queries/recommend/advice?format=json&phase=%00",
        "/queries/recommend/advice?format=json&_phase_iri=share",
        "/queries/recommend/advice?format=json&phase%5B%5D=share",
    ):
        yield get("saved query", target, BAD)
    many = "&".join(f"p{i}=1" for i in range(10_000))
    yield post("10,000 parameters", {"Content-Type": FORM}, many.encode(), BAD | LARGE)
    yield post(
        "query and 10,000",
        {"Content-Type": FORM},
        FIELDS + b"&" + many.encode(),
        FINE | BAD | LARGE,
    )
    yield post(
        "one name 10,000 times", {"Content-Type": FORM}, b"query=ASK{}&" * 10_000, BAD | LARGE
    )
    graphs = b"&".join(b"default-graph-uri=a:%d" % i for i in range(10_000))
    yield post("10,000 graphs", {"Content-Type": FORM}, FIELDS + b"&" + graphs, FINE | BAD | LARGE)
    yield get("many parameters", "/recommend?format=json&" + many[:50_000], BAD)
    yield get("one name many times", "/recommend?format=json&" + "data=imaging&" * 4000, BAD | FINE)
