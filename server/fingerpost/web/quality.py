"""`/quality`: what there is, what is missing, and what to look at again, for curators."""

from collections.abc import Mapping

from flask import Blueprint, Response, json, render_template, request, url_for

from fingerpost.engine.rows import Row, Table
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import record_iri
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.mending import MATRIX, NAMES, Found, state, usual, usual_day
from fingerpost.web.opened import catalogue, site
from fingerpost.web.queries import given

blueprint = Blueprint("quality", __name__)

_JSON = "application/json"
_OFFERED = ("text/html", _JSON)
_CELL = "curate/what-counts"
_HEAT = (1, 4, 11, 21)
"""From how many resources on a cell is a shade darker."""


@blueprint.get("/quality")
def index() -> Response:
    """Show how well data types and phases are covered, and what there is to mend."""
    media_type = formats.media_type(_OFFERED)
    before = _before(given())
    found = site().standing("quality", usual) if before == usual_day() else None
    if found is None or found.before != before:
        found = state(catalogue(), before)
    matrix, lists = found.matrix, found.found
    if media_type == _JSON:
        return formats.response(json.dumps(_written(matrix, lists, before)), _JSON)
    page = render_template(
        "quality.html",
        phases=_phases(matrix),
        rows=[_covered(row, matrix) for row in matrix.rows],
        matrix=url_for("queries.run", name=MATRIX),
        found=lists,
        names=NAMES,
        before=before,
        address=request.full_path.rstrip("?"),
    )
    return formats.response(page, "text/html")


def _before(asked: Mapping[str, str]) -> str:
    """Return the day before which a word is old.

    Raises:
        BadParameter: the address gives something else than that day.
    """
    for name in asked:
        if name != "before":
            raise BadParameter(f'There is no "{name}" here. {suggestion(name, ["before"])}')
    return asked.get("before") or usual_day()


def _phases(matrix: Table) -> tuple[str, ...]:
    """Return the phases of the matrix: its columns but for the type, its name and the sum."""
    return matrix.columns[2:-1]


def _covered(row: Row, matrix: Table) -> dict[str, object]:
    """Return a row of the heat map: each cell with its count, its shade and what is behind it."""
    slug = row["data"].rpartition("/")[2]
    return {
        "name": row["dataName"],
        "address": row["data"],
        "resources": row["resources"],
        "whole": url_for("queries.run", name=_CELL, data=slug),
        "cells": [
            {
                "phase": phase,
                "count": int(row[phase]),
                "heat": sum(int(row[phase]) >= least for least in _HEAT),
                "address": url_for("queries.run", name=_CELL, data=slug, phase=phase),
            }
            for phase in _phases(matrix)
        ],
    }


def _written(matrix: Table, found: list[Found], before: str) -> dict[str, object]:
    phases = _phases(matrix)
    return {
        "before": before,
        "coverage": {
            "query": MATRIX,
            "phases": [record_iri("phase", phase) for phase in phases],
            "rows": [
                {
                    "data": row["data"],
                    "name": row["dataName"],
                    "resources": int(row["resources"]),
                    "counts": [int(row[phase]) for phase in phases],
                }
                for row in matrix.rows
            ],
        },
        "parts": [
            {
                "title": one.part.title,
                "description": one.text,
                "query": one.part.query,
                "given": one.given,
                "count": one.count,
                "first": list(one.table.rows),
            }
            for one in found
        ],
    }
