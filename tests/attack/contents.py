"""Requests whose body, its type or its length is wrong."""

from collections.abc import Iterator

from attack.client import FORM, message
from attack.malformed import (
    ASK,
    BAD,
    DIRECT,
    FIELDS,
    FINE,
    FORMAT,
    GOOD,
    LARGE,
    TYPE,
    Case,
    cut,
    post,
    raw,
)


def types() -> Iterator[Case]:
    """Bodies of a type that is not read, or not said, or not as it says."""
    for type_ in (
        *("text/plain", "application/json", "application/xml", "text/html", "application/octet-stream"),
        *("application/sparql-results+json", "image/png", "x", "/", "*/*", "text/", "/plain", ";", ""),
        *("application/sparql-queryx", "application/x-www-form-urlencodedx", "a" * 5000, "a/b;" * 1000),
        *("multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"),
        *("multipart/form-data; boundary=" + "x" * 5000, "application/graphql", "message/http"),
    ):  # fmt: skip
        yield post(f"type {type_[:40]!r}", {"Content-Type": type_}, ASK.encode(), TYPE | BAD)
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
        yield post(f"charset {charset[:9]!r}", header, ASK.encode(), TYPE | FINE | BAD)
    for type_ in ("utf-8", "UTF-8", '"utf-8"', "us-ascii"):
        header = {"Content-Type": f"{DIRECT}; charset={type_}"}
        yield post(f"charset {type_}", header, ASK.encode(), FINE)
    yield post(
        "form of another charset",
        {"Content-Type": f"{FORM}; charset=utf-16"},
        FIELDS,
        FINE | TYPE | BAD,
    )
    part = (
        b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n'
        + ASK.encode()
        + b"\r\n--x--\r\n"
    )
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    yield post("multipart", multipart, part, TYPE | BAD)
    yield post("multipart without an end", multipart, part[:-6], TYPE | BAD)
    yield post("multipart of 5,000 parts", multipart, part[:-5] * 5000, TYPE | BAD | LARGE)
    yield post("no type", {}, ASK.encode(), TYPE | BAD)
    yield post(
        "update", {"Content-Type": "application/sparql-update"}, b"DROP ALL", frozenset({401, 403})
    )
    yield post(
        "update as a form", {"Content-Type": FORM}, b"update=DROP+ALL", frozenset({401, 403})
    )
    yield post(
        "update and query",
        {"Content-Type": FORM},
        b"update=DROP+ALL&" + FIELDS,
        frozenset({400, 401, 403}),
    )
    yield post("update as a query", {"Content-Type": DIRECT}, b"DROP ALL", frozenset({400, 403}))


def bodies() -> Iterator[Case]:
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
        "a form": FIELDS,
        "deep JSON": b"[" * 100_000,
        "XML with entities": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
    }.items():
        yield post(f"{name}, as a query", direct, body, BAD)
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
        yield post(f"{name}, as a form", form, body, BAD | LARGE)
    yield post("a query in the address too", direct, ASK.encode(), BAD, GOOD)
    yield post("a form and a query in the address", form, FIELDS, FINE | BAD, GOOD)
    yield post("three megabytes", direct, b"#" * 3_000_000, LARGE)
    yield post("three megabytes, a form", form, b"query=" + b"x" * 3_000_000, LARGE)
    yield post("two megabytes of escapes", form, b"query=" + b"%41" * 650_000, BAD | LARGE)
    for coding in ("gzip", "deflate", "br", "zstd", "identity, gzip", "x"):
        coded = {**direct, "Content-Encoding": coding}
        yield post(f"a coding {coding}", coded, b"\x1f\x8b\x08\0\0", BAD | TYPE)
    for target in ("/recommend", "/queries/curate/counts?format=json", "/repository/zenodo.ttl"):
        request = message("GET", target, {"Content-Type": FORM}, b"data=x&format=pdf")
        yield Case(f"body: of a GET {target}", request, FINE | BAD | FORMAT)


def lengths() -> Iterator[Case]:
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
        yield raw(
            f"length: {value}",
            head + f"Content-Length: {value}\r\n\r\n{ASK}".encode(),
            BAD | LARGE | FINE,
        )
    yield cut("length: too great", head + b"Content-Length: 99\r\n\r\n" + ASK.encode())
    yield raw("length: too small", head + b"Content-Length: 7\r\n\r\n" + ASK.encode(), BAD)
    yield raw("length: none", head + b"\r\n" + ASK.encode(), BAD | frozenset({411}))
    yield raw("length: two that differ", head + b"Content-Length: 7\r\n" + ask, BAD)
    yield raw("length: two that agree", head + b"Content-Length: 16\r\n" + ask, BAD | FINE)
    yield raw("length: a terabyte", head + b"Content-Length: 1099511627776\r\n\r\nASK", LARGE | BAD)
    good = b"10\r\n" + ASK.encode() + b"\r\n0\r\n\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n"
    yield raw("chunks: good", chunked + b"\r\n" + good, FINE, broken=False)
    yield raw(
        "chunks: capitals", head + b"Transfer-Encoding: CHUNKED\r\n\r\n" + good, FINE, broken=False
    )
    yield raw("chunks: a trailer", chunked + b"\r\n" + good[:-2] + b"X: y\r\n\r\n", FINE | BAD)
    yield raw(
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
        yield raw(f"chunks: {name}", chunked + b"\r\n" + body, BAD | LARGE)
    for name, body in {
        "size greater than the body": b"ffffff\r\nASK",
        "no end": b"3\r\nASK\r\n",
        "half an end": b"3\r\nASK\r\n0\r\n",
    }.items():
        yield cut(f"chunks: {name}", chunked + b"\r\n" + body)
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
        yield raw(
            f"transfer: {name}", head + lines + b"\r\n" + good, FINE | BAD | frozenset({411, 501})
        )
        smuggled = b"0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
        yield raw(
            f"transfer, hiding another: {name}",
            head + lines + b"\r\n" + smuggled,
            BAD | frozenset({411, 501}),
        )
