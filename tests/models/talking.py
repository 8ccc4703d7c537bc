"""The SDK's own client, asked from tests that know nothing of event loops."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

Found = TypeVar("Found")
Where = str | StdioServerParameters
COMMAND = [sys.executable, "-m", "fingerpost", "mcp"]
QUESTION = {"data": ["light-sheet images"], "phase": "share", "kind": "repository", "limit": 3}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("recommend", QUESTION),
    ("route", {"data": ["proteomics"]}),
    ("find", {"name": "BioImage Archive"}),
    ("show", {"record": "repository/zenodo"}),
    ("list_queries", {"about": "phase"}),
    ("run_query", {"name": "recommend/tools-for-phase", "parameters": {"phase": "plan"}}),
    ("sparql", {"query": "SELECT ?r { ?r a fp:Repository } ORDER BY ?r", "limit": 2}),
]
"""A call of every tool that can be answered."""


@dataclass(frozen=True)
class Talk:
    """A connection of the client."""

    client: Client
    portal: BlockingPortal

    def call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        """What a tool answers."""
        return self.portal.call(self.client.call_tool, tool, arguments)

    def do(self, work: Callable[[Client], Awaitable[Found]]) -> Found:
        """What else is found with the client."""
        return self.portal.call(work, self.client)


def command(cache: Path) -> StdioServerParameters:
    """The real command, as a client starts it."""
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    return StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment)


@contextmanager
def talking(where: Where, mode: str = "auto") -> Iterator[Talk]:
    """A connection to a server at an address, or to a command."""
    with start_blocking_portal() as portal:
        opened = Client(where, mode=mode, read_timeout_seconds=60)
        with portal.wrap_async_context_manager(opened) as client:
            yield Talk(client, portal)


def told(answer: CallToolResult) -> str:
    """The text of an answer."""
    (content,) = answer.content
    assert content.type == "text"
    return content.text
