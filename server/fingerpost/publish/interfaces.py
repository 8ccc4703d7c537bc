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
        _context(
            f"{service}/graphs",
            ("service-doc", "https://www.w3.org/TR/sparql11-http-rdf-update/", "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
        ),
        _context(
            f"{service}/reconcile",
            ("service-doc", RECONCILIATION, "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
            ("service-meta", f"{service}/reconcile", "application/json"),
        ),
        _context(
            f"{service}/api/records",
            ("service-doc", "https://jsonapi.org/format/1.1/", "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
        ),
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
        _context(
            f"{service}/mcp",
            ("service-doc", "https://modelcontextprotocol.io/specification", "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
        ),
        _context(
            f"{service}/mappings",
            ("service-doc", "https://mapping-commons.github.io/sssom/", "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
        ),
        _context(
            f"{service}/resolve",
            ("service-doc", f"{service}/mappings", "text/html"),
            ("service-desc", f"{service}/openapi.json", "application/json"),
        ),
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


def _context(anchor: str, *links: tuple[str, str, str]) -> Json:
    found: dict[str, list[dict[str, str]]] = {}
    for relation, target, type_ in links:
        found.setdefault(relation, []).append({"href": target, "type": type_})
    return {"anchor": anchor, **found}
