"""Documents of JSON:API 1.1 (https://jsonapi.org/format/1.1/): lists by pages, records, errors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

Json = dict[str, object]

MEDIA_TYPE = "application/vnd.api+json"
_VERSION = {"version": "1.1"}


@dataclass(frozen=True)
class Page:
    """A page of a list: its number from 1, its size, and how many there are in the whole list."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one."""
        return max(-(-self.total // self.size), 1)

    @property
    def items(self) -> slice:
        """The places of its items in the list."""
        return slice((self.number - 1) * self.size, self.number * self.size)


def listed(
    items: Sequence[Json], page: Page, address: str, asked: Mapping[str, str], meta: Json
) -> Json:
    """Return a page of items, with links to the others; `asked` are the filters in force."""
    at = _address(address, asked, page.size)
    return {
        "jsonapi": _VERSION,
        "data": list(items),
        "links": {
            "self": at(page.number),
            "first": at(1),
            "prev": at(min(page.number - 1, page.last)) if page.number > 1 else None,
            "next": at(page.number + 1) if page.number < page.last else None,
            "last": at(page.last),
        },
        "meta": {"total": page.total, "pages": page.last, **meta},
    }


def single(item: Json, address: str, meta: Json) -> Json:
    """Return one record."""
    return {"jsonapi": _VERSION, "data": item, "links": {"self": address}, "meta": meta}


def error(status: int, title: str, detail: str, more: Mapping[str, object]) -> Json:
    """Return an error, with what `more` there is to say of it."""
    found: Json = {"status": str(status), "title": title, "detail": detail}
    return {"jsonapi": _VERSION, "errors": [found | ({"meta": dict(more)} if more else {})]}


def _address(address: str, asked: Mapping[str, str], size: int) -> Callable[[int], str]:
    def at(number: int) -> str:
        pages = {"page[number]": str(number), "page[size]": str(size)}
        return f"{address}?{urlencode({**asked, **pages})}"

    return at
