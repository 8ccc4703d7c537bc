"""Pages in English, with the Swedish names that the graph has where a reader prefers them.

The words of the pages themselves stay English; what is Swedish in them says so (WCAG 2.2, 3.1.2).
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, request
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from fingerpost.engine import Engine, rows
from fingerpost.web.opened import held

ENGLISH, SWEDISH = "en", "sv"

_NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(STR(?written)) AS ?name)
WHERE { ?thing skos:prefLabel ?written . FILTER (LANG(?written) = "sv") }
GROUP BY ?thing
"""


@dataclass(frozen=True)
class Spoken:
    """A name in the language of the reader, if there is one, or else in English."""

    text: str
    language: str

    @property
    def attribute(self) -> Markup:
        """Return the attribute that says the language, where it is not that of the page."""
        return Markup(' lang="sv"') if self.language == SWEDISH else Markup("")

    def __html__(self) -> str:
        """Return it as markup."""
        said = escape(self.text)
        return f"<span{self.attribute}>{said}</span>" if self.attribute else str(said)


@functools.lru_cache(maxsize=1024)
def chosen(header: str) -> str:
    """Return which of the two languages an Accept-Language header prefers: English if neither."""
    wanted = parse_accept_header(header[:1000], LanguageAccept)
    return wanted.best_match([ENGLISH, SWEDISH], ENGLISH) or ENGLISH


def names() -> Mapping[str, str]:
    """Return IRI → name in the language of the reader, where that is not English."""
    if chosen(request.headers.get("Accept-Language", "")) == ENGLISH:
        return {}
    return held("names", _read)


def _read(engine: Engine) -> Mapping[str, str]:
    return {row["thing"]: _upper(row["name"]) for row in rows.soon(engine, _NAMES)}


def spoken(iri: str, english: str) -> Spoken:
    """Return what a thing is called in the language of the reader; in English if nowhere else."""
    found = names().get(iri)
    return Spoken(found, SWEDISH) if found else Spoken(english, ENGLISH)


def said(body: str) -> str:
    """Return the languages of a page, as Content-Language has them."""
    return f"{ENGLISH}, {SWEDISH}" if f'lang="{SWEDISH}"' in body else ENGLISH


def register(app: Flask) -> None:
    """Let the templates of an application ask for names."""
    app.jinja_env.globals["spoken"] = spoken


def _upper(name: str) -> str:
    """Return a name as it begins a line, as the English ones do."""
    return name[:1].upper() + name[1:]
