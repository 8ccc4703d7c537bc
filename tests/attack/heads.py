"""Requests whose first line or headers are wrong, or wish for what cannot be."""

from collections.abc import Iterator

from attack.client import message
from attack.malformed import (
    ASK,
    BAD,
    CLIENT,
    DIRECT,
    FINE,
    FORMAT,
    GOOD,
    NOT_MODIFIED,
    Case,
    cut,
    get,
    post,
    raw,
)


def headers() -> Iterator[Case]:
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
        yield raw(f"header: {name}", start + lines + end, FINE | BAD | frozenset({431}))
    yield cut("header: no end", start)
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
        yield raw(f"host: {host[:20]}", request, FINE | BAD)
    yield raw("host: none", b"GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n", FINE | BAD)
    yield raw("host: none, HTTP/1.0", b"GET / HTTP/1.0\r\n\r\n", FINE, broken=False)


def lines() -> Iterator[Case]:
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
        yield raw(f"line: {line[:40]!r}", line + rest, statuses)
    yield raw(
        "line: absolute form", b"GET http://x" + good + b" HTTP/1.1" + rest, FINE, broken=False
    )
    yield raw(
        "line: absolute form, another host",
        b"GET http://127.0.0.2:1" + good + b" HTTP/1.1" + rest,
        FINE | BAD,
        broken=False,
    )
    yield raw(
        "line: absolute form of https",
        b"GET https://x" + good + b" HTTP/1.1" + rest,
        FINE | BAD,
        broken=False,
    )
    yield raw("line: HTTP/1.0", b"GET " + good + b" HTTP/1.0\r\n\r\n", FINE, broken=False)
    yield raw("line: HTTP/0.9", b"GET /\r\n", BAD)
    yield raw(
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
        yield post(f"expects {expected!r}", header, ASK.encode(), statuses)
    for header in (
        "Upgrade: h2c",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "HTTP2-Settings: x",
    ):
        name, _, value = header.partition(": ")
        yield get(
            f"header {header}", GOOD, FINE | CLIENT, {name: value, "Connection": "close, " + name}
        )


def wishes() -> Iterator[Case]:
    """What a client accepts, has, or may do, in words that make no sense."""
    for accept in (
        "image/png",
        "*/*;q=0",
        "text/csv;q=0",
        "text/turtle",
        "application/json;q=0, image/*",
    ):
        yield get(f"accepts {accept}", GOOD, FORMAT, {"Accept": accept})
    for accept in (
        *("text/csv;q=2", "text/csv;q=-1", "text/csv;q=nan", "text/csv;q=inf", "text/csv;q=1e9", "*/*;q=x"),
        *("text/csv;q", "text/csv;q=", "text/csv;;;", ";", ",", ",,,,", "/", "*", "*/", "/*", "text", "text/"),
        *("text/csv;q=0.5;q=0", "text/csv;q=0, text/csv", "*/*;q=0, text/csv", '"text/csv"', "text/csv ; q = 1"),
        *("text/*;q=0.3, text/csv;q=0", "\t", "a/b/c", "x" * 20_000, "text/csv," * 5000, ";q=1" * 5000),
        *("<script>alert(1)</script>/x", "text/html, */*;q=0", "text/html;q=0", "application/xml;q=0.0000001"),
    ):  # fmt: skip
        yield get(f"accepts {accept[:40]!r}", GOOD, FINE | FORMAT | BAD, {"Accept": accept})
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
        "Cookie": ("name=x", "=;=;", "a" * 9000),
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
            yield get(f"{name} {value[:30]!r}", GOOD, statuses, {name: value})


def origins() -> Iterator[Case]:
    """What browsers ask before a page of another origin may read, and lies about it."""
    for origin in (
        "https://x.example",
        "null",
        "*",
        "x",
        "https://x.example, https://y.example",
        "x" * 9000,
    ):
        yield get(f"origin {origin[:20]}", GOOD, FINE | BAD, {"Origin": origin})
        for method in ("POST", "DELETE", "x", ""):
            headers = {
                "Origin": origin,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": "content-type, authorization, x" + "," * 99,
            }
            request = message("OPTIONS", "/sparql", headers)
            yield Case(f"preflight {origin[:20]} {method}", request, FINE | BAD | frozenset({204}))
