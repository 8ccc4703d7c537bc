"""A server on the loopback that answers as registries do, with what may go wrong planted."""

import contextlib
import hashlib
import io
import json
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

USER, PASSWORD, TOKEN = "somebody", "a-secret-password", "a.secret.token"


@dataclass
class Reply:
    """What is answered: the body may be cut short."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Registry:
    """What is where, which faults come first, and what was asked for.

    `faults` has, for a path with its query, the replies that come before the right one.
    """

    pages: dict[str, Callable[["Asked"], Reply]] = field(default_factory=dict)
    faults: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def json(self, path: str, found: object, **headers: str) -> None:
        """Put a JSON document at a path."""
        self.put(path, json.dumps(found).encode(), **headers)

    def put(self, path: str, body: bytes, **headers: str) -> None:
        """Put bytes at a path; those with an ETag are not sent to who has them."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(asked: Asked) -> Reply:
            if named.get("ETag") and asked.headers.get("If-None-Match") == named["ETag"]:
                return Reply(b"", 304, named)
            return Reply(body, 200, named)

        self.pages[path] = answer

    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(self.asked)


@dataclass(frozen=True)
class Asked:
    """A request."""

    path: str
    headers: dict[str, str]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(self.path, dict(self.headers.items()), self.rfile.read(length))
        self.server.registry.asked.append(self.path)
        planted = self.server.registry.faults.get(self.path)
        if planted:
            self.reply(planted.pop(0))
            return
        page = self.server.registry.pages.get(self.path)
        self.reply(page(asked) if page else Reply(b"nothing", 404))

    def do_POST(self) -> None:
        self.do_GET()

    def reply(self, found: Reply) -> None:
        self.send_response(found.status)
        for name, value in found.headers.items():
            self.send_header(name, value)
        if found.status != 304:
            self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body[: len(found.body) // 2] if found.cut else found.body)
        if found.cut:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """A server of one registry."""

    def __init__(self, address: tuple[str, int], registry: Registry) -> None:
        super().__init__(address, Handler)
        self.registry = registry


@contextlib.contextmanager
def serving(registry: Registry) -> Iterator[Registry]:
    """Serve a registry on a free port of the loopback."""

    server = Server(("127.0.0.1", 0), registry)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    registry.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield registry
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fairsharing(pages: list[bytes]) -> Registry:
    """Pages as FAIRsharing sends them, to who has signed in; errors come with status 200."""
    found = Registry()

    def signing(asked: Asked) -> Reply:
        said = json.loads(asked.body)["user"]
        if (said["login"], said["password"]) != (USER, PASSWORD):
            return Reply(json.dumps({"message": f"Wrong: {said['password']}"}).encode())
        return Reply(json.dumps({"success": True, "jwt": TOKEN}).encode())

    def paged(body: bytes) -> Callable[[Asked], Reply]:
        def answer(asked: Asked) -> Reply:
            if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
                return Reply(b'{"message": "Please login before accessing the API"}')
            return Reply(body)

        return answer

    found.pages["/users/sign_in"] = signing
    for number, body in enumerate(pages, 1):
        found.pages[fairsharing_path(number)] = paged(body)
    return found


def fairsharing_path(number: int) -> str:
    """Where a page of FAIRsharing is."""
    return f"/fairsharing_records?page%5Bnumber%5D={number}&page%5Bsize%5D=500"


def re3data(bodies: dict[str, bytes], *gone: str) -> Registry:
    """A list of repositories, and each of them but those that are gone."""
    found = Registry()
    listed = "".join(
        f'<repository><id>{id_}</id><name>x</name><link href="/" rel="self"/></repository>'
        for id_ in (*bodies, *gone)
    )
    found.put("/api/v1/repositories", f"<?xml version='1.0'?><list>{listed}</list>".encode())
    for id_, body in bodies.items():
        found.put(f"/api/v1/repository/{id_}", body, ETag=f'"{id_}"')
    return found


def biotools(tools: list[list[dict[str, object]]]) -> Registry:
    """Pages of tools, each of which names the next as bio.tools does."""
    found = Registry()
    for number, listed in enumerate(tools, 1):
        after = f"?page={number + 1}" if number < len(tools) else None
        path = f"/api/tool/?format=json&sort=additionDate&ord=asc&page={number}"
        found.json(path, {"count": 2, "next": after, "previous": None, "list": listed})
    return found


def ror(organisations: list[dict[str, object]]) -> Registry:
    """A listing of dumps, and the newest of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("v2.0-ror-data.json", json.dumps(organisations))
    digest = hashlib.md5(buffer.getvalue(), usedforsecurity=False).hexdigest()
    found = Registry()
    dump = "/api/records/1/files/v2.0-ror-data.zip/content"
    found.put(dump, buffer.getvalue(), Last_Modified="Wed, 01 Oct 2025 00:00:00 GMT")

    def listing(_: Asked) -> Reply:
        file = {
            "key": "v2.0-ror-data.zip",
            "checksum": f"md5:{digest}",
            "links": {"self": f"{found.address}{dump}"},
        }
        return Reply(json.dumps({"hits": {"hits": [{"files": [file]}]}}).encode())

    found.pages["/api/records/?communities=ror-data&sort=mostrecent&size=1"] = listing
    return found


def search_pages(shared: Path) -> list[bytes]:
    """Real pages of FAIRsharing, of which the last has no next."""
    place = shared / "registries/fairsharing/jsonapi_search_responses"
    return [(place / f"search_any_page_{number}.json").read_bytes() for number in (1, 2, 73)]
