"""What a server says when it starts: what is served, who may change it, and where to go."""

from fingerpost import inventory
from fingerpost.counting import counted
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.placing import Placed
from fingerpost.engine.remote.remote import Remote
from fingerpost.errors import AnswerTooLarge, EngineBusy, QueryOutOfMemory, QueryOutOfTime
from fingerpost.index.indexes import Indexes
from fingerpost.settings import Settings


def text(settings: Settings, engine: Guarded | Remote, placed: Placed) -> str:
    """Return the lines that an operator reads; they say which fences hold."""
    what = _counted(engine) if settings.folders else "a dataset as it stands"
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{settings.port}"
    fences = settings.fences
    lines = [f"Fingerpost serves {what}, {_writing(settings)}."]
    if not settings.remote:
        lines.append(f"The graph is held {placed.why}.")
    if settings.folders:
        lines.append(f"  {address}/           ask a question")
        lines.append(f"  {address}/queries    saved queries")
    lines.append(
        f"  {address}/sparql     SPARQL: {fences.seconds:g} s and "
        f"{fences.memory // 1024**2} MB a query, {_behind(fences, engine)}"
    )
    return "\n".join([*lines, "Stop it with Ctrl-C."])


def _counted(engine: Guarded | Remote) -> str:
    """Return how much is served; nobody waits at a start until a large graph is counted."""
    try:
        if Indexes(engine).large:
            return "more than 20,000 resources"
        records, statements = inventory.sizes(engine)
    except (AnswerTooLarge, EngineBusy, QueryOutOfMemory, QueryOutOfTime):
        return "a graph too large to be counted within the limits of a query"
    return f"{counted(records, 'record')} in {counted(statements, 'statement')}"


def _writing(settings: Settings) -> str:
    if settings.policy.open_writes:
        return "which anybody may change"
    if settings.follow:
        return f"read-only, as another service writes them in {settings.store}"
    if not settings.policy.tokens:
        return "read-only"
    kept = f"kept in {settings.store}" if settings.store else "lost when it stops: give --store"
    return f"which {', '.join(sorted(settings.policy.tokens))} may change; changes are {kept}"


def _behind(fences: Fences, engine: Guarded | Remote) -> str:
    if isinstance(engine, Remote):
        return f"answered by the {engine.dialect.name} engine at {engine.address}"
    return _network(fences, fenced=engine.without_network)


def _network(fences: Fences, *, fenced: bool) -> str:
    if fences.services:
        return f"which may ask {', '.join(fences.services)}"
    if fenced:
        return "without a network"
    return "which only the lexer keeps from other services: this kernel closes no network to them"
