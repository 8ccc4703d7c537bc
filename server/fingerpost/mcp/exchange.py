"""One exchange of streamable HTTP: a request's body in, the answer's out, and nothing kept.

The SDK's own application does it, without sessions and with JSON answers, in an event loop that
lasts as long as the request: so it runs in a thread of a WSGI server.
"""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import anyio
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

Message = MutableMapping[str, Any]
"""A message of ASGI 3."""


@dataclass
class Answer:
    """What came back."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    async def take(self, message: Message) -> None:
        """Take in a part of the answer, as an ASGI server does."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
            ]
        else:
            self.body += message.get("body", b"")


@dataclass
class _Request:
    """The body of a request, given once; after that the client is there and says nothing."""

    body: bytes
    given: bool = False

    async def give(self) -> Message:
        if self.given:
            await anyio.sleep_forever()
        self.given = True
        return {"type": "http.request", "body": self.body, "more_body": False}


def exchange(
    server: Server[Any], path: str, headers: Iterable[tuple[str, str]], body: bytes
) -> Answer:
    """Return the answer to a POST."""
    scope: Message = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "query_string": b"",
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ],
    }
    return anyio.run(_exchange, server, scope, body)


async def _exchange(server: Server[Any], scope: Message, body: bytes) -> Answer:
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=max(1, len(body))
    )
    answer = Answer()
    async with manager.run():
        await manager.handle_request(scope, _Request(body).give, answer.take)
    return answer
