"""`/resolve?id=…`: from any identifier, CURIE or address to the record that it means."""

from http import HTTPStatus

from flask import Blueprint, Response, json, request

from fingerpost.engine import results
from fingerpost.errors import BadParameter, UnknownRecord
from fingerpost.publish import places
from fingerpost.registries.resolving import UNDERSTOOD, Match
from fingerpost.web import documents, formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("resolve", __name__)

_JSON = "application/json"
_LONGEST = 2000
_OFFERED = ("text/html", _JSON, *results.GRAPHS)


@blueprint.get("/resolve")
def resolve() -> Response:
    """Lead to the record, or name it as JSON; where several are meant, list them with 300.

    Raises:
        BadParameter: nothing is asked.
        UnknownRecord: no record has this identifier.
    """
    asked = request.args.get("id", "").strip()
    if not asked or len(asked) > _LONGEST:
        raise BadParameter(f'"id" is what to look up, in at most {_LONGEST} letters: {UNDERSTOOD}.')
    found = catalogue().index.resolve(asked.replace(f"{documents.service()}/", ""))
    if not found:
        raise UnknownRecord(
            f'No record here has the identifier "{asked[:200]}". Understood are {UNDERSTOOD}.'
        )
    wanted = formats.media_type(_OFFERED)
    if len(found) == 1 and wanted != _JSON:
        return documents.see_other(f"/id{places.path(found[0].record)}")
    body = json.dumps({"id": asked, "matches": [_told(one) for one in found]})
    answer = formats.response(body, _JSON)
    if len(found) > 1:
        answer.status_code = HTTPStatus.MULTIPLE_CHOICES
    return answer


def _told(one: Match) -> dict[str, str]:
    return {
        "record": one.record,
        "name": one.name,
        "by": one.by,
        "known": one.known,
        "page": documents.service() + places.path(one.record),
    }
