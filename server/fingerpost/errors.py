"""Everything that can go wrong on purpose.

FingerpostError
├── SettingFault            a setting or an option that cannot be
├── DataFault               the files of the graph
│   ├── Unreadable          files that are not Turtle, or not where a record lies
│   ├── UnappliedAxiom      the ontology says something that the rules do not apply
│   └── NotConforming       the shapes found violations; carries the report
├── QueryFault              a SPARQL text
│   ├── QuerySyntax         not SPARQL; carries line and column
│   ├── QueryRefused        SPARQL that is not evaluated here
│   ├── QueryTooComplex     deeper or longer than the engine may be given
│   ├── QueryOutOfTime      past the deadline of a query
│   ├── QueryOutOfMemory    past the memory of a query
│   ├── AnswerTooLarge      more bytes than an answer may have
│   ├── EngineBusy          every worker is at work on other queries
│   ├── EngineUnable        SPARQL that the engine behind this service has no plan for
│   └── EngineFault         the engine behind this service answered what it should not
├── EngineEnded             the engine ends with its process, and takes nothing more
├── WriteFault              a change that is not made
│   ├── WriteRefused        writing is not what this service does, or not in this place
│   ├── Unauthorized        no token, or one that is not known
│   ├── DerivedGraph        a graph that is derived from others, and only read
│   ├── NotAsExpected       the graph is not in the state that the client named
│   ├── UnreadableGraph     a body that is not RDF in the format it says
│   ├── EngineTaken         another service has written to the engine behind this one
│   ├── Invalid             the graph would violate its shapes; carries the report
│   └── WriteLost           it is not known whether the change was made
├── Preparing               what is made once a generation, and not there yet
├── UnknownGraph            no graph of that name
├── StoreFault              a store on disk that cannot be used, or that another server uses
├── UnknownQuery            no saved query of that name
├── SavedQueryFault         a .rq file that breaks the convention
├── TooManyRequests         more requests than one client may make
├── NotInstalled            a part that this installation does not have
├── BadParameter            a value that a parameter does not take
├── UnknownRecord           nothing in the graph has that address
├── UnknownConcept          a text that no concept answers to
├── AmbiguousConcept        a text that several concepts answer to
├── NotAcceptable           no format that the client takes
├── UnsupportedMediaType    a body in a format that is not read here
├── BadRequest              a request that misses or repeats something
├── NotOfRegistry           bytes that are not what a registry gives
├── Collapse                a registry that has lost too much since its last snapshot
├── HarvestFault            a registry that does not give its pages
└── BadMapping              a table of mappings that cannot be read
"""

from collections.abc import Sequence


class FingerpostError(Exception):
    """The root: its text names the culprit and, where there is a choice, the choices."""


class SettingFault(FingerpostError):
    """A setting or an option that cannot be."""


class DataFault(FingerpostError):
    """The files of the graph cannot be used as they are."""


class Unreadable(DataFault):
    """Files that cannot be read; `faults` has one line a fault, each naming its file."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Take the faults, one line each."""
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class UnappliedAxiom(DataFault):
    """The ontology uses a construct whose consequences the rules would miss."""


class NotConforming(DataFault):
    """The graph violates its shapes; `problems` has one line a violation."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Take the violations, one line each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class QueryFault(FingerpostError):
    """A SPARQL text that is not evaluated."""


class QuerySyntax(QueryFault):
    """Not SPARQL; `line` and `column` count from 1, and are 0 where the parser gave none."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        """Take the parser's message and the position of the fault."""
        self.line = line
        self.column = column
        super().__init__(message)


class QueryRefused(QueryFault):
    """SPARQL that asks for something this service does not do, such as federation."""


class QueryTooComplex(QueryFault):
    """SPARQL that is nested deeper, or is longer, than the engine may be given."""


class QueryOutOfTime(QueryFault):
    """The query ran longer than a query may."""


class QueryOutOfMemory(QueryFault):
    """The query took more memory, or stack, than a query may."""


class AnswerTooLarge(QueryFault):
    """The answer has more bytes than an answer may."""


class EngineBusy(QueryFault):
    """Every worker is at work on other queries, and stayed so while this one waited."""


class EngineUnable(QueryFault):
    """The engine behind this service cannot evaluate a query, though it is SPARQL."""


class EngineFault(QueryFault):
    """The engine behind this service failed, or answered what is no answer."""


class EngineEnded(FingerpostError):
    """The engine ends with the process that it is in, and takes no query any more."""


class WriteFault(FingerpostError):
    """A change that is not made; nothing of it is."""


class WriteRefused(WriteFault):
    """Writing is not what this service does, or not in this place."""


class Unauthorized(WriteFault):
    """A change without a token, or with one that is not known."""


class DerivedGraph(WriteFault):
    """A change of a graph that is derived from others; the message says where to write."""


class NotAsExpected(WriteFault):
    """A change of a graph that is not in the state that the client named."""


class EngineTaken(WriteFault):
    """The engine behind this service holds what another service put there since."""


class UnreadableGraph(WriteFault):
    """A graph that cannot be read in the format that it says it has."""


class Invalid(WriteFault):
    """A change after which the graph would violate its shapes.

    `problems` has one line a violation, `report` the SHACL report as Turtle.
    """

    def __init__(self, problems: Sequence[str], report: str) -> None:
        """Take the violations, one line each, and the report."""
        self.problems = tuple(problems)
        self.report = report
        super().__init__("The graph would violate its shapes:\n" + "\n".join(self.problems))


class WriteLost(WriteFault):
    """It is not known whether the change was made: look before trying again."""


class Preparing(FingerpostError):
    """What is made of a generation once, in the background, is not there yet: ask again soon."""


class UnknownGraph(FingerpostError):
    """There is no graph of that name."""


class StoreFault(FingerpostError):
    """A store on disk that cannot be used, or that another process uses."""


class TooManyRequests(FingerpostError):
    """One client made more requests than it may."""


class NotInstalled(FingerpostError):
    """A part that this installation does not have; the message says how to get it."""


class UnknownQuery(FingerpostError):
    """No saved query has that name."""


class SavedQueryFault(FingerpostError):
    """A saved query whose file breaks the convention."""


class BadParameter(FingerpostError):
    """A parameter is missing, unknown, or has a value that it does not take."""


class UnknownRecord(FingerpostError):
    """Nothing in the graph has that address."""


class UnknownConcept(FingerpostError):
    """A text that no concept answers to; the message suggests the nearest."""


class AmbiguousConcept(FingerpostError):
    """A text that several concepts answer to equally well; `candidates` names them."""

    def __init__(self, text: str, candidates: Sequence[str]) -> None:
        """Take what was typed and the labels it may mean, with their slugs."""
        self.candidates = tuple(candidates)
        super().__init__(f'"{text}" may mean: {"; ".join(candidates)}. Give one of these.')


class NotAcceptable(FingerpostError):
    """No format that the client takes can be written."""


class UnsupportedMediaType(FingerpostError):
    """The body of a request is in a format that is not read here."""


class BadRequest(FingerpostError):
    """A request that misses, repeats or contradicts something."""


class NotOfRegistry(FingerpostError):
    """Bytes that are not what a registry gives, and what they are."""


class Collapse(FingerpostError):
    """A registry that has lost so much since its last snapshot that it must be a mistake."""


class HarvestFault(FingerpostError):
    """A registry that does not give its pages: which address, and what it answers."""


class BadMapping(FingerpostError):
    """A table of mappings that cannot be read: which `line`, and, in `told`, what is wrong."""

    def __init__(self, message: str, line: int = 1, told: str = "") -> None:
        """Take the whole message; and the line and the fault by themselves."""
        self.line = line
        self.told = told or message
        super().__init__(message)
