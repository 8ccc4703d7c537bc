"""A way as text: Markdown (CommonMark) for a document, or lines for a terminal."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from fingerpost.recommend.answer import Advice, Answer
from fingerpost.recommend.echo import understood
from fingerpost.route.contact import Contact
from fingerpost.route.way import Step, Thing, Way

NOTHING = "The sources say nothing of this phase for these data."

_WIDTH = 78
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown(found: Way) -> str:
    """Return the way as a Markdown document whose links lead to the records."""
    return "\n".join(_document(found)) + "\n"


def text(found: Way) -> str:
    """Return the way for a terminal."""
    return "\n".join(_lines(found)) + "\n"


def _document(found: Way) -> Iterator[str]:
    yield f"# The way of {_plain(found.name)}"
    yield f"\nFor: {_plain(', '.join(understood(found.question)))}. As of {found.question.at}."
    for step in found.steps:
        yield f"\n## {step.number}. {_plain(step.phase.name)}"
        if step.empty:
            yield f"\n{NOTHING}"
        yield from _section("What you must do", _duties(step))
        yield from _section("Where to go first", map(_choice, step.choices))
        yield from _section("Standards and formats", map(_standard, step.standards))
        yield from _section("Advice", map(_advice, step.advice))
        yield from _section("Training", map(_link, step.training))
        yield from _section("Whom to ask", map(_contact, step.contacts))


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {one}" for one in items]
    if lines:
        yield f"\n### {title}\n"
        yield from lines


def _duties(step: Step) -> Iterator[str]:
    yield from map(_advice, step.duties)
    if step.again:
        yield "As said before: " + "; ".join(_plain(one.title) for one in step.again) + "."


def _advice(one: Advice) -> str:
    when = f" (if: {_plain(one.conditions)})" if one.conditions and not one.applies else ""
    source = f" ([{one.stated}]({one.source}))"
    return f"**{_plain(one.title)}** ({one.strength}){when}: {_plain(one.text)}{source}"


def _choice(one: Answer) -> str:
    home = f", <{one.homepage}>" if one.homepage else ""
    lines = [f"**[{_plain(one.name)}]({one.resource})** ({one.kind}, {one.score} points{home})"]
    lines += [f"  - {reason.points:+} {_plain(reason.fact)}" for reason in one.reasons]
    lines += [f"  - How to apply: {_plain(how)}" for how in one.how_to_apply]
    return "\n".join(lines)


def _standard(one: Thing) -> str:
    by = f", asked for by {_plain(', '.join(one.asked_by))}" if one.asked_by else ""
    return f"{_link(one)} ({one.kind}{by})"


def _link(one: Thing | Contact) -> str:
    iri = one.whom if isinstance(one, Contact) else one.resource
    return f"[{_plain(one.name)}]({iri})"


def _contact(one: Contact) -> str:
    reached = ": " + ", ".join(f"<{where}>" for where in one.reached) if one.reached else ""
    about = f" ({_plain('; '.join(one.about))})" if one.about else ""
    return f"{_link(one)}{about}{reached}"


def _plain(words: str) -> str:
    """Return text in which nothing is Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _lines(found: Way) -> Iterator[str]:
    yield f"The way of {found.name}"
    yield from _wrapped("For: " + ", ".join(understood(found.question)))
    for step in found.steps:
        title = f"{step.number}. {step.phase.name}"
        yield f"\n{title}\n{'=' * len(title)}"
        if step.empty:
            yield NOTHING
        yield from _part("What you must do", map(_told, step.duties))
        if step.again:
            yield from _wrapped("As said before: " + "; ".join(one.title for one in step.again))
        yield from _part("Where to go first", map(_place, step.choices))
        names = (one.name + (" (asked for)" if one.asked_by else "") for one in step.standards)
        yield from _listed("Standards and formats", names)
        yield from _listed("Training", (one.name for one in step.training))
        yield from _part("Whom to ask", map(_asked, step.contacts))
        yield from _listed("Also advised", (one.title for one in step.advice))


def _told(one: Advice) -> str:
    return f"{one.title}: {one.text}"


def _place(one: Answer) -> str:
    why = "; ".join(reason.fact for reason in one.reasons[:3])
    return f"{one.rank}. {one.name} ({one.kind}, {one.score} points) {one.homepage or ''}: {why}"


def _asked(one: Contact) -> str:
    return f"{one.name} {', '.join(one.reached)}".rstrip()


def _part(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [line for one in items for line in _wrapped(f"- {one}", "  ")]
    if lines:
        yield from (f"\n{title}", *lines)


def _listed(title: str, names: Iterable[str]) -> Iterator[str]:
    together = "; ".join(names)
    if together:
        yield from ("", *_wrapped(f"{title}: {together}", "  "))


def _wrapped(line: str, rest: str = "") -> list[str]:
    return textwrap.wrap(
        line, _WIDTH, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
