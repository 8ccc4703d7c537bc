"""The server of the protocol, over whatever catalogue is current when a request comes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError

from fingerpost import __version__
from fingerpost.catalogue import Catalogue
from fingerpost.errors import FingerpostError, UnknownRecord
from fingerpost.graph.vocabulary import BASE
from fingerpost.mcp import finding, question, record, resources, tables
from fingerpost.mcp.tool import Tool
from fingerpost.publish.terms import DESCRIPTION, TITLE
from fingerpost.suggest import suggestion

TOOLS = {one.name: one for one in (*question.TOOLS, finding.TOOL, record.TOOL, *tables.TOOLS)}
"""Every tool by its name."""

_INSTRUCTIONS = """\
Fingerpost is a curated knowledge graph of what life-science researchers can use for their data, \
per type of data and phase of its life (plan, collect, process, analyse, preserve, share, reuse), \
mostly in Sweden and Europe. Every statement has a source and a date.
For "where do I go with these data?" use recommend; for the whole life of data use route. To know \
one thing, find and show. For lists and counts look into list_queries, then run_query; sparql \
where none fits. Everything is read-only. Name the sources of answers, and say what was left \
out and why: personal data must go only where a source says that they are held under control."""
_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_Context = ServerRequestContext[Any]
_Page = types.PaginatedRequestParams | None


@dataclass(frozen=True)
class _Handlers:
    """What the protocol's requests do."""

    current: Callable[[], Catalogue]

    async def tools(self, _: _Context, __: _Page) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(one) for one in TOOLS.values()])

    async def call(self, _: _Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            wrong = f'There is no tool "{asked.name[:60]}". {suggestion(asked.name, TOOLS)}'
            raise MCPError(types.INVALID_PARAMS, wrong)
        return await anyio.to_thread.run_sync(self._called, tool, asked.arguments or {})

    def _called(self, tool: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
        try:
            said = tool.run(self.current(), arguments)
        except FingerpostError as fault:
            return types.CallToolResult(content=[_text(str(fault))], is_error=True)
        return types.CallToolResult(content=[_text(said.text)], structured_content=said.structured)

    async def resources(self, _: _Context, __: _Page) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=one.iri,
                    name=one.name,
                    title=one.title,
                    description=one.description,
                    mime_type=resources.TURTLE,
                )
                for one in resources.RESOURCES.values()
            ]
        )

    async def templates(self, _: _Context, __: _Page) -> types.ListResourceTemplatesResult:
        record_ = types.ResourceTemplate(
            uri_template=resources.TEMPLATE,
            name="record",
            title="A record or concept",
            description="Everything that is said of it, with what is claimed of it, as Turtle.",
            mime_type=resources.TURTLE,
        )
        return types.ListResourceTemplatesResult(resource_templates=[record_])

    async def read(
        self, _: _Context, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        text = await anyio.to_thread.run_sync(self._read, asked.uri)
        found = types.TextResourceContents(uri=asked.uri, mime_type=resources.TURTLE, text=text)
        return types.ReadResourceResult(contents=[found])

    def _read(self, iri: str) -> str:
        try:
            return resources.read(self.current(), iri)
        except UnknownRecord as fault:
            raise MCPError(types.INVALID_PARAMS, str(fault)) from fault
        except FingerpostError as fault:
            raise MCPError(types.INTERNAL_ERROR, str(fault)) from fault


def over(current: Callable[[], Catalogue]) -> Server[Any]:
    """Return a server that asks for the catalogue at each request; it only reads."""
    handlers = _Handlers(current)
    found: Server[Any] = Server(
        "fingerpost",
        version=__version__,
        title=TITLE,
        description=DESCRIPTION,
        instructions=_INSTRUCTIONS,
        website_url=BASE,
        on_list_tools=handlers.tools,
        on_call_tool=handlers.call,
        on_list_resources=handlers.resources,
        on_list_resource_templates=handlers.templates,
        on_read_resource=handlers.read,
    )
    return found


def _described(one: Tool) -> types.Tool:
    return types.Tool(
        name=one.name,
        title=one.title,
        description=one.description,
        input_schema=one.takes,
        output_schema=one.gives,
        annotations=_READS,
    )


def _text(said: str) -> types.TextContent:
    return types.TextContent(text=said)
