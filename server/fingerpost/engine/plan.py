"""What a keeper is told when it is started."""

import json
from dataclasses import dataclass, replace

from fingerpost.engine.worker import Limits


@dataclass(frozen=True)
class Plan:
    """What a keeper does: where it listens, what it loads, what a query may take.

    `files` are loaded as they are; `store` is a folder of generations instead. `plain` keeps
    a change as it is, without inference and shapes; `writable` prepares for changes at all.
    `seconds` is what a change may take. One that `follows` reads a store that another service
    writes, and goes over to each generation that it finds there. `disk` is a folder for the
    graph, which is held in memory without it.
    """

    address: str
    turn: str
    files: tuple[str, ...]
    store: str | None
    plain: bool
    writable: bool
    seconds: float
    limits: Limits
    start: int = 0
    follows: bool = False
    disk: str | None = None

    @classmethod
    def read(cls, text: str) -> "Plan":
        """Return the plan that `json.dumps(asdict(plan))` wrote."""
        values = json.loads(text)
        limits = Limits(**values.pop("limits"))
        limits = replace(limits, services=tuple(limits.services))
        return cls(**{**values, "files": tuple(values["files"]), "limits": limits})
