"""One table of error to status; every error is a problem document (RFC 9457), or a page.

Below `/api/` it is an error document of JSON:API.
"""

from http import HTTPStatus

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException

from fingerpost import errors
from fingerpost.publish import jsonapi
from fingerpost.web import negotiation

_STATUS: dict[type[errors.FingerpostError], HTTPStatus] = {
    errors.QuerySyntax: HTTPStatus.BAD_REQUEST,
    errors.QueryTooComplex: HTTPStatus.BAD_REQUEST,
    errors.QueryRefused: HTTPStatus.FORBIDDEN,
    errors.QueryOutOfTime: HTTPStatus.GATEWAY_TIMEOUT,
    errors.QueryOutOfMemory: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.AnswerTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.EngineBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.EngineUnable: HTTPStatus.NOT_IMPLEMENTED,
    errors.EngineFault: HTTPStatus.BAD_GATEWAY,
    errors.EngineEnded: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.QueryFault: HTTPStatus.BAD_REQUEST,
    errors.WriteRefused: HTTPStatus.FORBIDDEN,
    errors.Unauthorized: HTTPStatus.UNAUTHORIZED,
    errors.DerivedGraph: HTTPStatus.CONFLICT,
    errors.NotAsExpected: HTTPStatus.PRECONDITION_FAILED,
    errors.EngineTaken: HTTPStatus.CONFLICT,
    errors.UnreadableGraph: HTTPStatus.BAD_REQUEST,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.WriteLost: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.Preparing: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.UnknownGraph: HTTPStatus.NOT_FOUND,
    errors.StoreFault: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.NotInstalled: HTTPStatus.NOT_IMPLEMENTED,
    errors.UnknownQuery: HTTPStatus.NOT_FOUND,
    errors.UnknownRecord: HTTPStatus.NOT_FOUND,
    errors.BadParameter: HTTPStatus.BAD_REQUEST,
    errors.UnknownConcept: HTTPStatus.BAD_REQUEST,
    errors.AmbiguousConcept: HTTPStatus.MULTIPLE_CHOICES,
    errors.NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
    errors.UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.BadRequest: HTTPStatus.BAD_REQUEST,
}
_AGAIN: dict[type[errors.FingerpostError], str] = {
    errors.EngineBusy: "1",
    errors.TooManyRequests: "1",
    errors.Preparing: "5",
}
"""Seconds after which it is worth asking again."""
_JSON = "application/problem+json"
_API = "/api/"


def register(app: Flask) -> None:
    """Let `app` answer every error, ours and the framework's, as a problem."""
    app.register_error_handler(errors.FingerpostError, _ours)
    app.register_error_handler(HTTPException, _framework)
    app.register_error_handler(UnicodeError, _undecodable)


def status(fault: errors.FingerpostError) -> HTTPStatus | None:
    """Return the status of an error; None for one that should not happen."""
    return next((_STATUS[one] for one in type(fault).__mro__ if one in _STATUS), None)


def _ours(fault: errors.FingerpostError) -> Response:
    told = status(fault)
    if told is None:
        current_app.logger.error("unexpected %s: %s", type(fault).__name__, fault)
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "This should not happen.", {})
    extra: dict[str, object] = {}
    if isinstance(fault, errors.QuerySyntax) and fault.line:
        extra = {"line": fault.line, "column": fault.column}
    if isinstance(fault, errors.AmbiguousConcept):
        extra = {"candidates": list(fault.candidates)}
    if isinstance(fault, errors.Invalid):
        extra = {"problems": list(fault.problems)}
        if fault.report and _prefers_report():
            return Response(fault.report, told.value, content_type="text/turtle; charset=utf-8")
    answer = _problem(told, str(fault), extra)
    if after := _AGAIN.get(type(fault)):
        answer.headers["Retry-After"] = after
    if isinstance(fault, errors.Unauthorized):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="fingerpost"'
    return answer


def _framework(fault: HTTPException) -> Response:
    response = _problem(HTTPStatus(fault.code or 500), fault.description or fault.name, {})
    for name, value in fault.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _undecodable(fault: UnicodeError) -> Response:
    return _problem(HTTPStatus.BAD_REQUEST, f"The request is not UTF-8: {fault}", {})


def _problem(status: HTTPStatus, detail: str, extra: dict[str, object]) -> Response:
    if request.path.startswith(_API):
        refusal = jsonapi.error(status.value, status.phrase, detail, extra)
        return Response(json.dumps(refusal), status.value, content_type=jsonapi.MEDIA_TYPE)
    body = {"title": status.phrase, "status": status.value, "detail": detail, **extra}
    if _wants_page():
        page = render_template("problem.html", problem=body)
        return Response(page, status.value, content_type="text/html; charset=utf-8")
    return Response(json.dumps(body), status.value, content_type=_JSON)


def _prefers_report() -> bool:
    """Say whether the client would rather have a SHACL report than a problem."""
    accept = request.headers.get("Accept", "")
    try:
        return negotiation.choose(accept, (_JSON, "text/turtle")) == "text/turtle"
    except errors.NotAcceptable:
        return False


def _wants_page() -> bool:
    try:
        return (
            negotiation.choose(request.headers.get("Accept", ""), (_JSON, "text/html"))
            == "text/html"
        )
    except errors.NotAcceptable:
        return False
