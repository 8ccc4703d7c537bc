"""Malformed, odd and hostile HTTP requests, byte for byte, and the statuses that may come.

A request that is no HTTP at all may be answered by closing the connection, or by the server
below the application, which writes no problem document; such a case is `broken`. Where a
request breaks off, the client `ends` the connection on its side, and the answer may be none.
"""

import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

from attack.client import FORM, Headers, message

FINE = frozenset({200})
CLIENT = frozenset(range(400, 500))
BAD = frozenset({400})
MISSING = frozenset({404})
METHOD = frozenset({405})
FORMAT = frozenset({406})
LARGE = frozenset({413})
TYPE = frozenset({415})
NOT_MODIFIED = frozenset({304})
DIRECT = "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
GOOD = "/sparql?query=" + urllib.parse.quote(ASK)
_FIELDS = ("query=" + urllib.parse.quote(ASK)).encode()


@dataclass(frozen=True)
class Case:
    name: str
    request: bytes
    statuses: frozenset[int]
    broken: bool = False
    ends: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def method(self) -> str:
        return self.request.partition(b" ")[0].decode("latin-1")


def cases() -> list[Case]:
    """Return every case, each under a name of its own."""
    return [
        *_methods(),
        *_addresses(),
        *_parameters(),
        *_types(),
        *_bodies(),
        *_lengths(),
        *_headers(),
        *_lines(),
        *_wishes(),
        *_origins(),
    ]


def _get(name: str, target: str, statuses: frozenset[int], headers: Headers | None = None) -> Case:
    return Case(f"{name}: {target[:60]}", message("GET", target, headers), statuses)


def _post(
    name: str, headers: Headers, body: bytes, statuses: frozenset[int], target: str = "/sparql"
) -> Case:
    return Case(f"body: {name}", message("POST", target, headers, body), statuses)


def _raw(name: str, request: bytes, statuses: frozenset[int], *, broken: bool = True) -> Case:
    return Case(name, request, statuses | {0} if broken else statuses, broken)


def _cut(name: str, request: bytes) -> Case:
    return Case(name, request, BAD | frozenset({0, 408}), broken=True, ends=True)


def _methods() -> Iterator[Case]:
    """Methods that no address offers, and names that are no methods."""
    for target in ("/", "/queries", "/queries/curate/counts", "/recommend", "/repository/zenodo"):
        for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE", "GETT", "get"):
            statuses = METHOD | FINE if method == "get" else METHOD
            yield Case(f"method: {method} {target}", message(method, target), statuses)
    for method in ("PUT", "DELETE", "PATCH", "SEARCH", "QUERY!", "X" * 5000):
        yield Case(f"method: {method[:9]} /sparql", message(method, "/sparql"), METHOD)
    for method in ("G@T", "GET\t", "(GET)", "", "\x00", "G\xe9T"):
        yield _raw(f"method: {method!r}", message(method, "/"), BAD)


def _addresses() -> Iterator[Case]:
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
        yield _get("address", path, CLIENT | frozenset({200, 301, 303, 308}))
    for path in (
        "/nothing",
        "/nothing/at/all",
        "/repository/nothing",
        "/castle/zenodo",
        "/queries/x",
    ):
        yield _get("address", path, MISSING)
    yield _get("fragment", "/sparql#x", FINE | BAD)


def _parameters() -> Iterator[Case]:
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
        yield _get("parameter", "/sparql?" + query, BAD | frozenset({403}))
    for query in (
        "format=pdf",
        "format=ttl",
        "format=../x",
        "format=%00",
        "format=%ff",
        "format=*/*",
    ):
        yield _get("parameter", f"{GOOD}&{query}", FORMAT | BAD)
    for query in (
        "",
        "x=y",
        "format=&x=1",
        "format=csv&format=json",
        "timeout=99999",
        "query%00=x",
    ):
        yield _get("parameter", f"{GOOD}&{query}", FINE | BAD | FORMAT)
    for query in (
        *("", "x=y", "data=", "data=%20", "data=%00", "data=%ff", "data=" + "x" * 5000, "data=zzqqzz"),
        *("data=imaging&data=lipids", "data=imaging&limit=0", "data=imaging&limit=-1", "limit=1"),
        *("data=imaging&limit=101", "data=imaging&limit=1e9", "data=imaging&limit=" + "9" * 5000),
        *("data=imaging&limit=%EF%BC%91", "data=imaging&limit=%C2%B2", "data=imaging&limit=1_0"),
        *("data=imaging&at=0000-00-00", "data=imaging&at=99999-01-01", "data=imaging&at=2025-02-30"),
        *("data=imaging&country=S", "data=imaging&country=%00%00", "data=imaging&country=SE%0a"),
        *("data=imaging&sensitive=2", "data=imaging&kind=castle", "data=imaging&phase=dance"),
        *("data=imaging&kind=%ff", "data=%F0%9F%98%80", "technique=imaging%00", "Data=imaging"),
    ):  # fmt: skip
        yield _get("question", "/recommend?format=json&" + query, BAD | frozenset({300}))
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
        yield _get("saved query", target, BAD)
    many = "&".join(f"p{i}=1" for i in range(10_000))
    yield _post("10,000 parameters", {"Content-Type": FORM}, many.encode(), BAD | LARGE)
    yield _post(
        "query and 10,000",
        {"Content-Type": FORM},
        _FIELDS + b"&" + many.encode(),
        FINE | BAD | LARGE,
    )
    yield _post(
        "one name 10,000 times", {"Content-Type": FORM}, b"query=ASK{}&" * 10_000, BAD | LARGE
    )
    graphs = b"&".join(b"default-graph-uri=a:%d" % i for i in range(10_000))
    yield _post(
        "10,000 graphs", {"Content-Type": FORM}, _FIELDS + b"&" + graphs, FINE | BAD | LARGE
    )
    yield _get("many parameters", "/recommend?format=json&" + many[:50_000], BAD)
    yield _get(
        "one name many times", "/recommend?format=json&" + "data=imaging&" * 4000, BAD | FINE
    )


def _types() -> Iterator[Case]:
    """Bodies of a type that is not read, or not said, or not as it says."""
    for type_ in (
        *("text/plain", "application/json", "application/xml", "text/html", "application/octet-stream"),
        *("application/sparql-results+json", "image/png", "x", "/", "*/*", "text/", "/plain", ";", ""),
        *("application/sparql-queryx", "application/x-www-form-urlencodedx", "a" * 5000, "a/b;" * 1000),
        *("multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"),
        *("multipart/form-data; boundary=" + "x" * 5000, "application/graphql", "message/http"),
    ):  # fmt: skip
        yield _post(f"type {type_[:40]!r}", {"Content-Type": type_}, ASK.encode(), TYPE | BAD)
    for charset in (
        "utf-16",
        "utf-7",
        "latin-1",
        "idna",
        "rot13",
        "base64",
        "zlib",
        "x" * 900,
        "",
        '"',
    ):
        header = {"Content-Type": f"{DIRECT}; charset={charset}"}
        yield _post(f"charset {charset[:9]!r}", header, ASK.encode(), TYPE | FINE | BAD)
    for type_ in ("utf-8", "UTF-8", '"utf-8"', "us-ascii"):
        header = {"Content-Type": f"{DIRECT}; charset={type_}"}
        yield _post(f"charset {type_}", header, ASK.encode(), FINE)
    yield _post(
        "form of another charset",
        {"Content-Type": f"{FORM}; charset=utf-16"},
        _FIELDS,
        FINE | TYPE | BAD,
    )
    part = (
        b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n'
        + ASK.encode()
        + b"\r\n--x--\r\n"
    )
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    yield _post("multipart", multipart, part, TYPE | BAD)
    yield _post("multipart without an end", multipart, part[:-6], TYPE | BAD)
    yield _post("multipart of 5,000 parts", multipart, part[:-5] * 5000, TYPE | BAD | LARGE)
    yield _post("no type", {}, ASK.encode(), TYPE | BAD)
    yield _post(
        "update", {"Content-Type": "application/sparql-update"}, b"DROP ALL", frozenset({401, 403})
    )
    yield _post(
        "update as a form", {"Content-Type": FORM}, b"update=DROP+ALL", frozenset({401, 403})
    )
    yield _post(
        "update and query",
        {"Content-Type": FORM},
        b"update=DROP+ALL&" + _FIELDS,
        frozenset({400, 401, 403}),
    )
    yield _post("update as a query", {"Content-Type": DIRECT}, b"DROP ALL", frozenset({400, 403}))


def _bodies() -> Iterator[Case]:
    """Bodies that are no text, no form, too large, or beside another query."""
    direct = {"Content-Type": DIRECT}
    form = {"Content-Type": FORM}
    for name, body in {
        "empty": b"",
        "not UTF-8": b"ASK { ?s ?p '\xff' }",
        "an overlong NUL": b"ASK { ?s ?p '\xc0\x80' }",
        "a surrogate": b"ASK { ?s ?p '\xed\xa0\x80' }",
        "past Unicode": b"ASK { ?s ?p '\xf4\x90\x80\x80' }",
        "half a character": b"ASK { ?s ?p 'x' } #\xe2\x82",
        "UTF-16": ASK.encode("utf-16"),
        "NUL": b"\0" * 1000,
        "JSON": b'{"query": "ASK {}"}',
        "a form": _FIELDS,
        "deep JSON": b"[" * 100_000,
        "XML with entities": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
    }.items():
        yield _post(f"{name}, as a query", direct, body, BAD)
    for name, body in {
        "empty": b"",
        "not UTF-8": b"query=\xff",
        "escaped, not UTF-8": b"query=%FF%FE",
        "a surrogate": b"query=%ED%A0%80",
        "JSON": b'{"query": "ASK {}"}',
        "a query": ASK.encode(),
        "ampersands": b"&" * 100_000,
        "equals signs": b"=" * 100_000,
        "percent signs": b"query=" + b"%" * 100_000,
        "plus signs": b"query=" + b"+" * 100_000,
    }.items():
        yield _post(f"{name}, as a form", form, body, BAD | LARGE)
    yield _post("a query in the address too", direct, ASK.encode(), BAD, GOOD)
    yield _post("a form and a query in the address", form, _FIELDS, FINE | BAD, GOOD)
    yield _post("three megabytes", direct, b"#" * 3_000_000, LARGE)
    yield _post("three megabytes, a form", form, b"query=" + b"x" * 3_000_000, LARGE)
    yield _post("two megabytes of escapes", form, b"query=" + b"%41" * 650_000, BAD | LARGE)
    for coding in ("gzip", "deflate", "br", "zstd", "identity, gzip", "x"):
        coded = {**direct, "Content-Encoding": coding}
        yield _post(f"a coding {coding}", coded, b"\x1f\x8b\x08\0\0", BAD | TYPE)
    for target in ("/recommend", "/queries/curate/counts?format=json", "/repository/zenodo.ttl"):
        request = message("GET", target, {"Content-Type": FORM}, b"data=x&format=pdf")
        yield Case(f"body: of a GET {target}", request, FINE | BAD | FORMAT)


def _lengths() -> Iterator[Case]:
    """Lengths and transfer codings that lie: what smuggles a second request past a proxy."""
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {DIRECT}\r\n".encode()
    ask = b"Content-Length: 16\r\n\r\n" + ASK.encode()
    assert len(ASK) == 16
    for value in (
        "-1",
        "+16",
        "0x10",
        "16.0",
        "1e1",
        "16,16",
        "16 16",
        "x",
        "",
        "16;",
        "١٦",
        "9" * 30,
    ):
        yield _raw(
            f"length: {value}",
            head + f"Content-Length: {value}\r\n\r\n{ASK}".encode(),
            BAD | LARGE | FINE,
        )
    yield _cut("length: too great", head + b"Content-Length: 99\r\n\r\n" + ASK.encode())
    yield _raw("length: too small", head + b"Content-Length: 7\r\n\r\n" + ASK.encode(), BAD)
    yield _raw("length: none", head + b"\r\n" + ASK.encode(), BAD | frozenset({411}))
    yield _raw("length: two that differ", head + b"Content-Length: 7\r\n" + ask, BAD)
    yield _raw("length: two that agree", head + b"Content-Length: 16\r\n" + ask, BAD | FINE)
    yield _raw(
        "length: a terabyte", head + b"Content-Length: 1099511627776\r\n\r\nASK", LARGE | BAD
    )
    good = b"10\r\n" + ASK.encode() + b"\r\n0\r\n\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n"
    yield _raw("chunks: good", chunked + b"\r\n" + good, FINE, broken=False)
    yield _raw(
        "chunks: capitals", head + b"Transfer-Encoding: CHUNKED\r\n\r\n" + good, FINE, broken=False
    )
    yield _raw("chunks: a trailer", chunked + b"\r\n" + good[:-2] + b"X: y\r\n\r\n", FINE | BAD)
    yield _raw(
        "chunks: a trailer that lies",
        chunked + b"\r\n" + good[:-2] + b"Content-Length: 3\r\n\r\n",
        FINE | BAD,
    )
    for name, body in {
        "size of no number": b"zz\r\nASK\r\n0\r\n\r\n",
        "size of nothing": b"\r\nASK\r\n0\r\n\r\n",
        "negative size": b"-3\r\nASK\r\n0\r\n\r\n",
        "size with a sign": b"+3\r\nASK\r\n0\r\n\r\n",
        "size in hexadecimal twice": b"0x3\r\nASK\r\n0\r\n\r\n",
        "size past all numbers": b"fffffffffffffffff\r\nASK\r\n0\r\n\r\n",
        "size smaller than the chunk": b"1\r\nASK\r\n0\r\n\r\n",
        "bare line feeds": b"3\nASK\n0\n\n",
        "an extension of a megabyte": b"3;" + b"x" * 1_000_000 + b"\r\nASK\r\n0\r\n\r\n",
        "a hundred thousand chunks of a byte": b"1\r\n#\r\n" * 100_000 + b"0\r\n\r\n",
        "three megabytes": b"100000\r\n" + b"#" * 0x100000 + b"\r\n" + (b"100000\r\n" + b"#" * 0x100000 + b"\r\n") * 2 + b"0\r\n\r\n",
    }.items():  # fmt: skip
        yield _raw(f"chunks: {name}", chunked + b"\r\n" + body, BAD | LARGE)
    for name, body in {
        "size greater than the body": b"ffffff\r\nASK",
        "no end": b"3\r\nASK\r\n",
        "half an end": b"3\r\nASK\r\n0\r\n",
    }.items():
        yield _cut(f"chunks: {name}", chunked + b"\r\n" + body)
    for name, lines in {
        "both, chunked first": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "both, length first": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "chunked twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "chunked, then identity": b"Transfer-Encoding: chunked, identity\r\n",
        "identity, then chunked": b"Transfer-Encoding: identity, chunked\r\n",
        "a coding nobody knows": b"Transfer-Encoding: xchunked\r\n",
        "gzip": b"Transfer-Encoding: gzip\r\n",
        "gzip, chunked": b"Transfer-Encoding: gzip, chunked\r\n",
        "a space before the colon": b"Transfer-Encoding : chunked\r\n",
        "a tab": b"Transfer-Encoding:\tchunked\r\n",
        "a vertical tab": b"Transfer-Encoding: \x0bchunked\r\n",
        "a folded line": b"Transfer-Encoding:\r\n chunked\r\n",
        "in quotes": b'Transfer-Encoding: "chunked"\r\n',
        "an underscore": b"Transfer_Encoding: chunked\r\n",
        "empty": b"Transfer-Encoding:\r\n",
    }.items():
        yield _raw(
            f"transfer: {name}", head + lines + b"\r\n" + good, FINE | BAD | frozenset({411, 501})
        )
        smuggled = b"0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
        yield _raw(
            f"transfer, hiding another: {name}",
            head + lines + b"\r\n" + smuggled,
            BAD | frozenset({411, 501}),
        )


def _headers() -> Iterator[Case]:
    """Headers that are too many, too long, or no headers."""
    start = f"GET {GOOD} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode()
    end = b"\r\n"
    for name, lines in {
        "no colon": b"nonsense\r\n",
        "no name": b": x\r\n",
        "a space before the colon": b"X : y\r\n",
        "a space in the name": b"X Y: z\r\n",
        "a folded line": b"X: y\r\n z\r\n",
        "a NUL": b"X: a\0b\r\n",
        "a bare carriage return": b"X: a\rb\r\n",
        "a bare line feed": b"X: a\nY: b\r\n",
        "a delete": b"X: \x7f\r\n",
        "an Accept with a delete": b"Accept: text/csv\x7f\r\n",
        "an Authorization with a delete": b"Authorization: \x7f\r\n",
        "an If-None-Match with a delete": b"If-None-Match: \x7f\r\n",
        "an escape character": b"X: \x1b[31m\r\n",
        "not ASCII": b"X: \xff\xfe\r\n",
        "a name not ASCII": b"X\xc3\xa9: y\r\n",
        "a hundred kilobytes": b"X: " + b"y" * 100_000 + b"\r\n",
        "ten megabytes": b"X: " + b"y" * 10_000_000 + b"\r\n",
        "a name of a hundred kilobytes": b"X" * 100_000 + b": y\r\n",
        "ten thousand": b"".join(b"X-%d: y\r\n" % i for i in range(10_000)),
        "one name, ninety times": b"X: y\r\n" * 90,
        "a cookie of sixty kilobytes": b"Cookie: " + b"a=b; " * 12_000 + b"\r\n",
        "two hosts": b"Host: y\r\n",
    }.items():
        yield _raw(f"header: {name}", start + lines + end, FINE | BAD | frozenset({431}))
    yield _cut("header: no end", start)
    for host in (
        "",
        "x y",
        "<script>",
        "x:99999",
        "[::1",
        "x" * 5000,
        "\xff",
        "a,b",
        "évil",
        "x/../y",
        "x@y",
    ):
        request = f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        yield _raw(f"host: {host[:20]}", request, FINE | BAD)
    yield _raw("host: none", b"GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n", FINE | BAD)
    yield _raw("host: none, HTTP/1.0", b"GET / HTTP/1.0\r\n\r\n", FINE, broken=False)


def _lines() -> Iterator[Case]:
    """First lines that are no HTTP, or HTTP of another time."""
    rest = b"\r\nHost: x\r\nConnection: close\r\n\r\n"
    good = GOOD.encode()
    for line in (
        *(b"GET", b"GET /", b"/ HTTP/1.1", b"GET  / HTTP/1.1", b"GET / HTTP/1.1 x", b"GET / / HTTP/1.1"),
        *(b"GET / HTTP/9.9", b"GET / HTTP/2.0", b"GET / HTTP/1.1.1", b"GET / http/1.1", b"GET / HTTP/1"),
        *(b"GET / HTP/1.1", b"GET\t/\tHTTP/1.1", b"GET sparql HTTP/1.1", b"GET ../x HTTP/1.1", b"GET \\ HTTP/1.1"),
        *(b"GET /\xff HTTP/1.1", b"GET /\xc3\xa9 HTTP/1.1", b"GET /\0 HTTP/1.1", b"GET /\x7f HTTP/1.1"),
        *(b"GET /<> HTTP/1.1", b"GET /{} HTTP/1.1", b'GET /" HTTP/1.1', b"GET ?query=ASK HTTP/1.1"),
        *(b"GET /sparql?query=\xff HTTP/1.1", b"GET /sparql?query=ASK{} HTTP/1.1", b"GET * HTTP/1.1"),
        *(b"CONNECT x:80 HTTP/1.1", b"OPTIONS * HTTP/1.1", b"GET :// HTTP/1.1", b"GET http:// HTTP/1.1"),
        *(b"\0" * 100, b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM", b"\xff" * 100),
        *(b"SSH-2.0-x", b"EHLO x", b"*1\r\n$4\r\nPING", b"", b"\r\n" * 1000, b" GET / HTTP/1.1"),
        *(b"GET /" + b"x" * 100_000 + b" HTTP/1.1", b"GET /?" + b"x" * 1_000_000 + b" HTTP/1.1"),
    ):  # fmt: skip
        statuses = FINE | CLIENT | frozenset({301, 308, 505})
        yield _raw(f"line: {line[:40]!r}", line + rest, statuses)
    yield _raw(
        "line: absolute form", b"GET http://x" + good + b" HTTP/1.1" + rest, FINE, broken=False
    )
    yield _raw(
        "line: absolute form, another host",
        b"GET http://127.0.0.2:1" + good + b" HTTP/1.1" + rest,
        FINE | BAD,
        broken=False,
    )
    yield _raw(
        "line: absolute form of https",
        b"GET https://x" + good + b" HTTP/1.1" + rest,
        FINE | BAD,
        broken=False,
    )
    yield _raw("line: HTTP/1.0", b"GET " + good + b" HTTP/1.0\r\n\r\n", FINE, broken=False)
    yield _raw("line: HTTP/0.9", b"GET /\r\n", BAD)
    yield _raw(
        "line: line feeds alone",
        b"GET " + good + b" HTTP/1.1\nHost: x\nConnection: close\n\n",
        FINE | BAD,
    )
    for expected, statuses in {
        "100-continue": FINE,
        "200-ok": FINE | frozenset({417}),
        "": FINE | BAD,
    }.items():
        header = {"Content-Type": DIRECT, "Expect": expected}
        yield _post(f"expects {expected!r}", header, ASK.encode(), statuses)
    for header in (
        "Upgrade: h2c",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "HTTP2-Settings: x",
    ):
        name, _, value = header.partition(": ")
        yield _get(
            f"header {header}", GOOD, FINE | CLIENT, {name: value, "Connection": "close, " + name}
        )


def _wishes() -> Iterator[Case]:
    """What a client accepts, has, or may do, in words that make no sense."""
    for accept in (
        "image/png",
        "*/*;q=0",
        "text/csv;q=0",
        "text/turtle",
        "application/json;q=0, image/*",
    ):
        yield _get(f"accepts {accept}", GOOD, FORMAT, {"Accept": accept})
    for accept in (
        *("text/csv;q=2", "text/csv;q=-1", "text/csv;q=nan", "text/csv;q=inf", "text/csv;q=1e9", "*/*;q=x"),
        *("text/csv;q", "text/csv;q=", "text/csv;;;", ";", ",", ",,,,", "/", "*", "*/", "/*", "text", "text/"),
        *("text/csv;q=0.5;q=0", "text/csv;q=0, text/csv", "*/*;q=0, text/csv", '"text/csv"', "text/csv ; q = 1"),
        *("text/*;q=0.3, text/csv;q=0", "\t", "a/b/c", "x" * 20_000, "text/csv," * 5000, ";q=1" * 5000),
        *("<script>alert(1)</script>/x", "text/html, */*;q=0", "text/html;q=0", "application/xml;q=0.0000001"),
    ):  # fmt: skip
        yield _get(f"accepts {accept[:40]!r}", GOOD, FINE | FORMAT | BAD, {"Accept": accept})
    for name, values in {
        "If-None-Match": ("*", "x", '"', 'W/"', '"x', ",", '"' + "x" * 9000 + '"', '"x",' * 2000),
        "If-Modified-Since": ("x", "0", "Thu, 99 Foo 9999 99:99:99 GMT", "-1", "Thu, 01 Jan 99999 00:00:00 GMT"),
        "If-Match": ("*", "x", '"x"'),
        "If-Range": ("x", '"x"'),
        "Range": ("bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=99999999-", "x", "bytes=" + "0-1," * 2000, "bytes=0-" + "9" * 99),
        "Accept-Encoding": ("x", "*;q=0", "identity;q=0", "identity;q=0, *;q=0", "gzip;q=x", "br," * 2000, ";;;", "zstd;q=-1"),
        "Accept-Language": ("x" * 5000, "*;q=0"),
        "Accept-Charset": ("utf-16", "*;q=0"),
        "Authorization": ("x", "Basic", "Basic ====", "Basic /////w==", "Bearer", "Bearer " + "x" * 9000, "Digest a=b,,"),
        "Cookie": ("session=x", "=;=;", "a" * 9000),
        "X-Forwarded-For": ("127.0.0.1", "x, y"),
        "X-Forwarded-Host": ("<script>",),
        "X-HTTP-Method-Override": ("DELETE",),
        "X-Original-URL": ("/../etc/passwd",),
        "Forwarded": ("host=<x>;proto=x",),
        "Content-Type": ("x", "application/json"),
        "Referer": ("x" * 9000,),
    }.items():  # fmt: skip
        for value in values:
            statuses = FINE | BAD | FORMAT | NOT_MODIFIED | frozenset({206, 401, 403, 412, 416})
            yield _get(f"{name} {value[:30]!r}", GOOD, statuses, {name: value})


def _origins() -> Iterator[Case]:
    """What browsers ask before a page of another origin may read, and lies about it."""
    for origin in (
        "https://x.example",
        "null",
        "*",
        "x",
        "https://x.example, https://y.example",
        "x" * 9000,
    ):
        yield _get(f"origin {origin[:20]}", GOOD, FINE | BAD, {"Origin": origin})
        for method in ("POST", "DELETE", "x", ""):
            headers = {
                "Origin": origin,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": "content-type, authorization, x" + "," * 99,
            }
            request = message("OPTIONS", "/sparql", headers)
            yield Case(f"preflight {origin[:20]} {method}", request, FINE | BAD | frozenset({204}))
