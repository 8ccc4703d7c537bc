"""The SDK's own client, asked from tests that know nothing of event loops."""

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
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


def command(cache: Path) -> StdioServerParameters:
    """The real command, as a client starts it."""
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    return StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment)


def within(where: Where, work: Callable[[Client], Awaitable[Found]], mode: str = "auto") -> Found:
    """What is found within a connection."""

    async def connected() -> Found:
        with anyio.fail_after(60):
            async with Client(where, mode=mode) as client:
                return await work(client)

    return anyio.run(connected)


def call(where: Where, tool: str, arguments: dict[str, Any]) -> CallToolResult:
    """What a tool answers."""

    async def work(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return within(where, work)


def told(answer: CallToolResult) -> str:
    """The text of an answer."""
    (content,) = answer.content
    assert content.type == "text"
    return content.text
