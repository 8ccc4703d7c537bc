"""The interfaces of the service for programs that look for them: RFC 9727, profile FAIRiCat."""

from fingerpost.publish.signposts import LINKSET, Json, Link

PATH = "/.well-known/api-catalog"
RECONCILIATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
"""The specification of the Reconciliation API."""
PROFILE = "https://signposting.org/FAIRiCat/"


def link(service: str) -> Link:
    """Return the link by which the front page leads to the list."""
    return Link("api-catalog", service + PATH, LINKSET, PROFILE)


def linkset(service: str, example: str) -> Json:
    """Return the interfaces, each with its documentation; `example` is the path of a record."""
    contexts = (
        _context(
            f"{service}/sparql",
            ("service-doc", "https://www.w3.org/TR/sparql11-protocol/", "text/html"),
            ("service-meta", f"{service}/sparql", "text/turtle"),
        ),
        _context(
            f"{service}/queries",
            ("service-desc", f"{service}/openapi.json", "application/json"),
            ("service-doc", f"{service}/queries", "text/html"),
        ),
        _described(service, "/graphs", "https://www.w3.org/TR/sparql11-http-rdf-update/"),
        _context(
            f"{service}/reconcile",
            ("service-doc", RECONCILIATION, "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
            ("service-meta", f"{service}/reconcile", "application/json"),
        ),
        _described(service, "/api/records", "https://jsonapi.org/format/1.1/"),
        _context(
            f"{service}/catalog",
            ("service-doc", "https://www.w3.org/TR/vocab-dcat-3/", "text/html"),
            ("service-meta", f"{service}/.well-known/void", "text/turtle"),
        ),
        _context(
            f"{service}/fdp",
            ("service-doc", "https://specs.fairdatapoint.org/fdp-specs-v1.2.html", "text/html"),
            ("service-meta", f"{service}/fdp", "text/turtle"),
        ),
        _described(service, "/mcp", "https://modelcontextprotocol.io/specification"),
        _described(service, "/mappings", "https://mapping-commons.github.io/sssom/"),
        _described(service, "/resolve", f"{service}/mappings"),
        _context(
            f"{service}/sitemap.xml",
            ("service-doc", "https://www.sitemaps.org/protocol.html", "text/html"),
        ),
        _context(
            service + example,
            ("service-doc", "https://signposting.org/FAIR/", "text/html"),
            ("service-meta", f"{service}/id{example}/linkset", LINKSET),
        ),
    )
    return {"linkset": list(contexts)}


def _described(service: str, path: str, specification: str) -> Json:
    """Return an interface that follows a specification, and that OpenAPI describes."""
    return _context(
        service + path,
        ("service-doc", specification, "text/html"),
        ("service-desc", f"{service}/openapi.json", "application/json"),
    )


def _context(anchor: str, *links: tuple[str, str, str]) -> Json:
    found: dict[str, list[dict[str, str]]] = {}
    for relation, target, type_ in links:
        found.setdefault(relation, []).append({"href": target, "type": type_})
    return {"anchor": anchor, **found}
