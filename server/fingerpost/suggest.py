"""What somebody may have meant: the nearest of some names, spelling mistakes forgiven."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

_SHOWN = 16
_READ = 200


def nearest(text: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Return at most `limit` of `names` that are spelt like `text`, the nearest first."""
    found = process.extract(
        text, list(names), scorer=fuzz.WRatio, processor=utils.default_process, limit=limit
    )
    return [name for name, score, _ in found if score >= 60]


def suggestion(text: str, names: Iterable[str]) -> str:
    """Return a sentence: all `names` where they are few, else those spelt like `text`."""
    known = sorted(names)
    text = text[:_READ]
    if len(known) <= _SHOWN:
        return f"Choose one of: {', '.join(known)}."
    near = nearest(text, known, limit=5)
    return f"Did you mean: {', '.join(near)}?" if near else f"There are {len(known)}."
