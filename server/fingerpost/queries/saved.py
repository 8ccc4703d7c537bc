"""A saved query: one `.rq` file, its head and its parameters.

The head is the lines that begin with `#+`; without that they are YAML (grlc's convention):
summary, description, tags, defaults, enumerate; and `classes`, ours, which says the class that
the value of an IRI parameter must have. A parameter is a variable `?_name_type`, or
`?__name_type` where it may be left out.

`values`, ours too, names parameters that take any number of IRIs, each with the variable that has
only these then: wherever the text says `VALUES ?variable { UNDEF }`, which asks nothing, they
take the place of UNDEF. `first`, ours as well, names for such a parameter, which only the server
gives then, the saved query that lists all that an answer can be about, in its order: see `leading`.
Where anybody may give such IRIs, too, there are two parameters for one variable.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from fingerpost.engine import cached, guard, tokens
from fingerpost.errors import FingerpostError, SavedQueryFault, UnknownQuery
from fingerpost.queries import heads, needless, ordering, paging
from fingerpost.queries.heads import Yaml
from fingerpost.suggest import suggestion

TYPES = ("iri", "literal", "integer", "decimal", "boolean", "date")
"""What may stand after the last underscore of a parameter."""
IRIS = "iris"
"""The type of a parameter that takes any number of IRIs."""
SEVERITIES = ("violation", "warning")
"""How grave it is that a check finds something."""
VIOLATION = SEVERITIES[0]
CHECKS = "check/"
"""How the names of the queries begin that must find nothing."""

_KEPT = 256
"""Sets of parameters for which the text of a query is kept as it is asked with them."""
_PARAMETER = re.compile(rf"[?$]_(_?)([A-Za-z0-9]+(?:_[A-Za-z0-9]+)*?)_({'|'.join(TYPES)})")


@dataclass(frozen=True)
class Parameter:
    """A value that a saved query takes.

    `type` is one of `TYPES`, or `IRIS`; `class_` a prefixed name that an IRI's type must be, or
    empty; `choices` the only values taken, where there are any; `default` what is used without one.
    """

    name: str
    type: str
    optional: bool
    class_: str = ""
    choices: tuple[str, ...] = ()
    default: str | None = None

    @property
    def variable(self) -> str:
        """How a text writes it."""
        return f"?_{'_' if self.optional else ''}{self.name}_{self.type}"

    @property
    def required(self) -> bool:
        """Whether the query cannot run without a value."""
        return not self.optional and self.default is None

    def json(self) -> dict[str, object]:
        """Return what the interface says of it."""
        return {
            "name": self.name,
            "type": self.type,
            "required": self.required,
            "default": self.default,
            "class": self.class_ or None,
            "choices": list(self.choices),
        }


@dataclass(frozen=True)
class SavedQuery:
    """A question that can be asked again; `name` is the path of its file without `.rq`.

    `severity`, one of `SEVERITIES`, is how grave it is that a check finds something. `values` has
    the variable of each parameter that takes any number of IRIs, and `first` the list of such a
    parameter that nobody but the server gives. `examples` has values to begin with.
    """

    name: str
    text: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    severity: str = VIOLATION
    values: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    _bare: dict[frozenset[str], "SavedQuery"] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def pieces(self) -> tuple[str | Parameter, ...]:
        """The text, cut where parameters stand."""
        known = {one.name: one for one in self.parameters}
        pieces: list[str | Parameter] = []
        plain: list[str] = []
        for token in self.words:
            found = parameter(token)
            if found:
                pieces += ["".join(plain), known[found[0]]]
                plain = []
            else:
                plain.append(token.text)
        return (*pieces, "".join(plain))

    def bare(self, given: Collection[str] = ()) -> "SavedQuery":
        """Return the same query as an engine is best asked.

        Without comments, without what says nothing here, and in order by what is read once.

        `given` are the parameters that have a value.
        """
        known = self._needed.intersection(given)
        if known not in self._bare:
            if len(self._bare) >= _KEPT:
                self._bare.clear()
            kept = list(needless.kept(self.words, known))
            text = ordering.by_keys(kept) or "".join(one.text for one in kept)
            self._bare[known] = replace(self, text=text, _bare={})
        return self._bare[known]

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The parameters without which a part says nothing."""
        return needless.named(self.words)

    @cached_property
    def words(self) -> list[tokens.Token]:
        """The text, read once: that takes longer than to answer it."""
        return list(tokens.tokens(self.text))

    @cached_property
    def sound(self) -> bool:
        """Whether any engine may be given it, with all values, and its answer may be kept."""
        texts = [self.bare(given).text for given in ((), self._needed)]
        try:
            for text in texts:
                guard.check(text)
        except FingerpostError:
            return False
        return not any(map(cached.volatile, texts))

    @cached_property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return tokens.form(self.text) or ""

    @cached_property
    def limited(self) -> bool:
        """Whether it has a LIMIT of its own."""
        return paging.limited(self.text)

    def named(self, variable: str) -> list[str]:
        """Return the parameters that take any number of IRIs for a variable."""
        return [name for name, one in self.values.items() if one == variable]

    def json(self) -> dict[str, object]:
        """Return what the interface says of it."""
        return {
            "name": self.name,
            "summary": self.summary,
            "description": self.description,
            "tags": list(self.tags),
            "parameters": [one.json() for one in self.parameters],
        }


def load(folder: Path) -> dict[str, SavedQuery]:
    """Return every saved query below `folder`, by name.

    Raises:
        SavedQueryFault: a file breaks the convention.
    """
    paths = sorted(folder.rglob("*.rq"))
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in paths]
    return {
        name: parse(name, path.read_text("utf-8")) for name, path in zip(names, paths, strict=True)
    }


def find(queries: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """Return the query called `name`.

    Raises:
        UnknownQuery: there is none; the message suggests the nearest names.
    """
    if name in queries:
        return queries[name]
    raise UnknownQuery(f'No saved query is called "{name}". {suggestion(name, queries)}')


def parse(name: str, text: str) -> SavedQuery:
    """Return the saved query that `text` is.

    Raises:
        SavedQueryFault: no summary, a head that is not YAML, a severity that is none, or a
            parameter that is described but not used, or used where only a variable may stand.
    """
    head = heads.read(name, text)
    values, first = heads.texts(head.get("values")), heads.texts(head.get("first"))
    for key in first.keys() - values.keys():
        raise SavedQueryFault(f"{name}: {key} has a list, and takes no values.")
    several = [one for one in _several(name, text, values) if one.name not in first]
    summary = head.get("summary")
    if not isinstance(summary, str):
        raise SavedQueryFault(f"{name}: the head needs a line `#+ summary: …`.")
    return SavedQuery(
        name=name,
        text=text,
        summary=summary,
        description=str(head.get("description") or "").strip(),
        tags=tuple(str(tag) for tag in heads.items(head.get("tags"))),
        parameters=(*_parameters(name, text, head), *several),
        severity=_severity(name, head),
        values=values,
        first=first,
        examples=heads.texts(head.get("examples")),
    )


def parameter(token: tokens.Token) -> tuple[str, bool, str] | None:
    """Return name, whether it may be left out, and type, of a token that is a parameter."""
    match = _PARAMETER.fullmatch(token.text) if token.kind == "variable" else None
    return (match.group(2), bool(match.group(1)), match.group(3)) if match else None


def _severity(name: str, head: Mapping[str, Yaml]) -> str:
    given = head.get("severity", VIOLATION)
    if given not in SEVERITIES:
        raise SavedQueryFault(f"{name}: the severity is one of {', '.join(SEVERITIES)}.")
    return str(given)


def _parameters(name: str, text: str, head: dict[str, Yaml]) -> tuple[Parameter, ...]:
    defaults = heads.pairs(head.get("defaults"))
    choices = heads.pairs(head.get("enumerate"))
    classes = heads.pairs(head.get("classes"))
    found: dict[str, Parameter] = {}
    for token in _usable(name, text):
        kind = parameter(token)
        if kind is None:
            continue
        key, optional, type_ = kind
        default = defaults.get(key)
        one = Parameter(
            name=key,
            type=type_,
            optional=optional,
            class_=str(classes.get(key) or ""),
            choices=tuple(heads.text(choice) for choice in heads.items(choices.get(key))),
            default=None if default is None else heads.text(default),
        )
        if found.setdefault(key, one) != one:
            raise SavedQueryFault(f"{name}: the parameter {key} is written in two ways.")
    unused = sorted(
        {*defaults, *choices, *classes, *needless.named(tokens.tokens(text))}
        - {*found, *heads.pairs(head.get("values"))}
    )
    if unused:
        raise SavedQueryFault(f"{name}: the head describes {', '.join(unused)}, never used.")
    return tuple(found.values())


def free(variable: str) -> str:
    """Return how a text says that a variable may have any value, unless some are given."""
    return f"VALUES ?{variable} {{ UNDEF }}"


def _several(name: str, text: str, values: Mapping[str, str]) -> Iterator[Parameter]:
    """Yield the parameters that take any number of IRIs."""
    for key, variable in values.items():
        if free(variable) not in text:
            raise SavedQueryFault(f"{name}: nowhere is {free(variable)}, for {key}.")
        yield Parameter(name=key, type=IRIS, optional=True)


def _usable(name: str, text: str) -> list[tokens.Token]:
    """Return the tokens of `text`; a parameter where only a variable may stand is a fault."""
    words = list(tokens.significant(text))
    selecting = False
    for before, token in zip([None, *words], words, strict=False):
        word = token.text.upper()
        selecting = word == "SELECT" or (selecting and word not in {"WHERE", "{", "FROM"})
        after_as = before is not None and before.text.upper() == "AS"
        if parameter(token) and (selecting or after_as):
            raise SavedQueryFault(
                f"{name}: {token.text} stands where a value cannot: in SELECT or after AS."
            )
    return words
