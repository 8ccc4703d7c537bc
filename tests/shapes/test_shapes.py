"""Each shape has a record that conforms and one that does not, and finds just the latter."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from fingerpost import shapes
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.vocabulary import KINDS, PREFIXES, RESOURCE_KINDS, TYPE, term
from fingerpost.shapes import Report

Record = Mapping[str, str | None]
"""Property → its objects in Turtle; None takes the property out."""

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SHARED: Record = {
    "skos:prefLabel": '"Example"@en',
    "dct:description": '"A record that is as it should be."@en',
    "dct:modified": '"2026-11-21"^^xsd:date',
    "dct:source": "source:example",
}
RESOURCE: Record = {
    **SHARED,
    "fp:status": "status:active",
    "fp:usedIn": "phase:share",
    "fp:supports": "data-type:any-data",
    "schema:url": "<https://example.org/>",
}
BASE: dict[str, Record] = {
    **dict.fromkeys(RESOURCE_KINDS, RESOURCE),
    "repository": {
        **RESOURCE,
        "fp:accepts": "data-type:imaging-data",
        "fp:repositoryScope": "repository-scope:domain",
        "fp:access": "access:open",
    },
    "facility": {
        **RESOURCE,
        "fp:produces": "data-type:imaging-data",
        "fp:offersTechnique": "technique:sted",
    },
    "compute": {**RESOURCE, "fp:accepts": "data-type:any-data"},
    "storage": {**RESOURCE, "fp:accepts": "data-type:any-data"},
    "organization": SHARED,
    "source": {**SHARED, "dct:date": '"2025"^^xsd:gYear'},
    "guidance": {
        **SHARED,
        "fp:inPhase": "phase:share",
        "fp:forData": "data-type:any-data",
        "fp:strength": "strength:rule",
        "fp:audience": "audience:researcher",
        "fp:statedOn": '"2025-07"^^xsd:gYearMonth',
    },
    "data-type": {
        "a": "skos:Concept , fp:DataType",
        "skos:prefLabel": '"Example data"@en',
        "skos:definition": '"Data to show what is right."@en',
        "skos:inScheme": "scheme:data-type",
        "skos:broader": "data-type:any-data",
    },
    "claim": {
        "a": "fp:Claim",
        "fp:subject": "tool:example",
        "fp:property": "fp:country",
        "fp:value": '"SE"',
        "dct:source": "source:example",
        "fp:statedOn": '"2025"^^xsd:gYear',
    },
    "size-limit": {
        "a": "fp:SizeLimit , fp:Claim",
        "fp:subject": "repository:example",
        "fp:property": "fp:sizeLimit",
        "fp:amount": "50",
        "fp:unit": '"GB"',
        "fp:per": '"dataset"',
        "dct:source": "source:example",
        "fp:statedOn": '"2025"^^xsd:gYear',
    },
    "criterion": {
        "a": "skos:Concept , fp:Criterion",
        "skos:prefLabel": '"Example criterion"@en',
        "skos:definition": '"Something to score by."@en',
        "skos:inScheme": "scheme:criterion",
        "skos:broader": "criterion:data",
        "fp:weight": "3",
    },
}


@dataclass(frozen=True)
class Violation:
    """A kind of record, what is changed in it, and the shape that must complain."""

    shape: str
    kind: str
    change: Record

    @property
    def slug(self) -> str:
        return (
            f"violates-{self.shape.lower()}-{abs(hash(str(sorted(self.change.items())))) % 10**6}"
        )


def v(shape: str, kind: str, **change: str | None) -> Violation:
    return Violation(
        shape, kind, {name.replace("__", ":"): value for name, value in change.items()}
    )


LONG = '"' + "x" * 201 + '"@en'
TEXT = '"text"'
NOWHERE = "<https://w3id.org/fingerpost/id/nothing/nowhere>"
VIOLATIONS = [
    v("record-name", "tool", skos__prefLabel=None),
    v("record-name", "organization", skos__prefLabel='"Nur deutsch"@de'),
    v("record-name-languages", "guidance", skos__prefLabel='"One"@en , "Two"@en'),
    v("record-name-languages", "source", skos__prefLabel=TEXT),
    v("record-label-text", "tool", skos__altLabel=LONG),
    v("record-label-text", "tool", skos__altLabel='"two\\nlines"@en'),
    v("record-description", "tool", dct__description='"Short."@en'),
    v("record-description", "tool", dct__description=None),
    v("record-homepage", "repository", schema__url="<ftp://example.org/>"),
    v("record-homepage", "repository", schema__url='"https://example.org/"'),
    v("record-see-also", "tool", rdfs__seeAlso="<mailto:a@example.org>"),
    v("record-modified", "tool", dct__modified=None),
    v("record-modified", "tool", dct__modified='"2026"^^xsd:gYear'),
    v("record-email", "support", schema__email='"mailto:desk@example.org"'),
    v("record-email", "support", schema__email='"desk at example"'),
    v("record-country", "tool", fp__country='"Sweden"'),
    v("sourced-source", "tool", dct__source=None),
    v("sourced-source", "guidance", dct__source=NOWHERE),
    v("resource-status", "tool", fp__status=None),
    v("resource-status", "tool", fp__status="status:active , status:ended"),
    v("resource-status", "tool", fp__status=TEXT),
    v("resource-operator", "tool", fp__operatedBy="tool:example"),
    v("resource-host", "facility", fp__hostedBy=NOWHERE),
    v("resource-reach", "tool", fp__reach="access:open"),
    v("resource-data", "tool", fp__supports="phase:share"),
    v("resource-data", "repository", fp__accepts="data-type:imagingdata"),
    v("resource-phase", "tool", fp__usedIn="data-type:imaging-data"),
    v("resource-technique", "facility", fp__offersTechnique=NOWHERE),
    v("resource-access", "repository", fp__access="status:active"),
    v("resource-personal-data", "repository", fp__personalData="access:open"),
    v("resource-stage", "repository", fp__dataStage="access:open"),
    v("resource-cost", "repository", fp__cost=TEXT),
    v("resource-eligible-country", "facility", fp__eligibleCountry='"se"'),
    v("resource-eligible-affiliation", "facility", fp__eligibleAffiliation=NOWHERE),
    v("resource-eligible-institution", "facility", fp__eligibleInstitution=NOWHERE),
    v("resource-identifier", "repository", fp__registryIdentifier='"fairsharing:x38D2k"'),
    v("resource-identifier", "repository", fp__registryIdentifier='"re3data:r3d10001"'),
    v("resource-identifier", "repository", fp__registryIdentifier='"unknown:1"'),
    v("resource-dates", "tool", fp__startedOn='"2020-01-01T00:00:00"^^xsd:dateTime'),
    v("resource-successor", "tool", fp__inferredSuccessor="phase:share"),
    v("resource-format", "repository", fp__takesFormat="tool:example"),
    v("resource-standard", "repository", fp__takesStandard="tool:example"),
    v("resource-pages", "facility", fp__applicationPage=TEXT),
    v("resource-only-for", "repository", fp__onlyFor=TEXT),
    v("resource-related-data", "repository", fp__takesRelatedData='"maybe"'),
    v("resource-metadata-demand", "repository", fp__metadataDemand='"much"'),
    v("resource-size-limit", "repository", fp__sizeLimit="50"),
    v("Active", "tool", fp__supersededOn='"2020"^^xsd:gYear'),
    v("Active", "tool", dct__isReplacedBy="tool:example"),
    v("Closed", "tool", fp__status="status:ended"),
    v("Superseded", "tool", fp__status="status:superseded", fp__supersededOn='"2020"^^xsd:gYear'),
    v("InUse", "tool", fp__usedIn=None),
    v("repository-accepts", "repository", fp__accepts=None),
    v("repository-scope", "repository", fp__repositoryScope=None),
    v("repository-scope", "repository", fp__repositoryScope="access:open"),
    v("repository-homepage", "repository", schema__url=None),
    v("facility-produces", "facility", fp__produces=None),
    v("facility-technique", "facility", fp__offersTechnique=None),
    *(v(f"{kind}-data", kind, fp__supports=None) for kind in RESOURCE_KINDS
      if kind not in {"repository", "facility", "compute", "storage"}),
    v("compute-data", "compute", fp__accepts=None),
    v("storage-data", "storage", fp__accepts=None),
    v("organization-status", "organization", fp__status="access:open"),
    v("organization-part", "organization", dct__isPartOf="tool:example"),
    v("guidance-phase", "guidance", fp__inPhase=None),
    v("guidance-data", "guidance", fp__forData="phase:share"),
    v("guidance-condition", "guidance", fp__underCondition="phase:share"),
    v("guidance-strength", "guidance", fp__strength="strength:rule , strength:warning"),
    v("guidance-topic", "guidance", fp__topic="strength:rule"),
    v("guidance-audience", "guidance", fp__audience=None),
    v("guidance-recommends", "guidance", fp__recommends="phase:share"),
    v("guidance-stated", "guidance", fp__statedOn='"last year"'),
    v("source-date", "source", dct__date=None),
    v("source-retrieved", "source", fp__retrievedOn='"2026"^^xsd:gYear'),
    v("source-licence", "source", dct__license='"CC0"'),
    v("claim-subject", "claim", fp__subject=None),
    v("claim-property", "claim", fp__property=TEXT),
    v("claim-dates", "claim", fp__validUntil='"soon"'),
    v("claim-stated", "claim", fp__statedOn=None),
    v("ClaimWithValue", "claim", fp__value=None),
    v("SizeLimit", "size-limit", fp__unit=None),
    v("SizeLimit", "size-limit", fp__unlimited="true"),
    v("size-limit-amount", "size-limit", fp__amount="-1"),
    v("size-limit-unit", "size-limit", fp__unit='"furlong"'),
    v("size-limit-per", "size-limit", fp__per='"week"'),
    v("concept-name", "data-type", skos__prefLabel='"Data"@sv'),
    v("concept-label", "data-type", skos__altLabel=TEXT),
    v("concept-definition", "data-type", skos__definition=None),
    v("concept-scheme", "data-type", skos__inScheme=None),
    v("concept-broader", "data-type", skos__broader=NOWHERE),
    v("concept-yields", "data-type", fp__yields="phase:share"),
    v("Criterion", "criterion", fp__weight='"many"'),
    v("Criterion", "criterion", fp__weight=None),
]  # fmt: skip
ACCEPTED: dict[str, tuple[str, Record]] = {
    "ended, with a date": ("tool", {"fp:status": "status:ended", "fp:endedOn": '"2024"^^xsd:gYear'}),
    "superseded, with a stated successor": (
        "tool",
        {"fp:status": "status:superseded", "fp:supersededOn": '"2024-05"^^xsd:gYearMonth',
         "dct:isReplacedBy": "tool:example"},
    ),
    "superseded, with an inferred successor": (
        "facility",
        {"fp:status": "status:superseded", "fp:endedNotLaterThan": '"2024-05-01"^^xsd:date',
         "fp:inferredSuccessor": "facility:example"},
    ),
    "active, with an end and a successor to come": (
        "compute",
        {"fp:endedOn": '"2099-12-31"^^xsd:date', "dct:isReplacedBy": "compute:example"},
    ),
    "no limit": ("size-limit", {"fp:amount": None, "fp:unit": None, "fp:unlimited": "true"}),
    "identifiers of every registry": (
        "repository",
        {"fp:registryIdentifier": '"fairsharing:FAIRsharing.x38D2k" , "re3data:r3d100011274" , '
         '"biotools:idr" , "ror:056d84691" , "wikidata:Q42" , "rrid:SCR_017423"'},
    ),
    "names in two languages": ("tool", {"skos:prefLabel": '"Example"@en , "Exempel"@sv'}),
    "a heading of criteria": ("criterion", {"skos:broader": None, "fp:weight": None}),
}  # fmt: skip


def turtle(kind: str, slug: str, change: Record) -> str:
    statements = {**BASE[kind], **change}
    class_ = statements.pop("a", None) or f"fp:{KINDS[kind]}"
    folder = {"claim": "tool", "size-limit": "repository"}.get(kind, kind)
    body = "".join(
        f" ;\n  {name} {value}" for name, value in statements.items() if value is not None
    )
    return f"<https://w3id.org/fingerpost/id/{folder}/{slug}> a {class_}{body} .\n"


@pytest.fixture(scope="module")
def report(folders: Folders) -> Report:
    """All examples validated together, with the terminology that they refer to."""
    text = HEAD
    for kind in BASE:
        text += turtle(
            kind, f"example-{kind}" if kind in {"claim", "size-limit"} else "example", {}
        )
    for number, (kind, change) in enumerate(ACCEPTED.values()):
        text += turtle(kind, f"accepted-{number}", change)
    for one in VIOLATIONS:
        text += turtle(one.kind, one.slug, one.change)
    examples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    terminology = records.terminology(sorted(folders.ontology.rglob("*.ttl")))
    return shapes.validate([*terminology, *examples], shape_triples(folders))


def shape_triples(folders: Folders) -> list[Triple]:
    return records.terminology(sorted(folders.shapes.rglob("*.ttl")))


def named_shapes(folders: Folders) -> set[NamedNode]:
    kinds = {term("sh:NodeShape"), term("sh:PropertyShape")}
    return {
        triple.subject
        for triple in shape_triples(folders)
        if triple.predicate == TYPE
        and triple.object in kinds
        and isinstance(triple.subject, NamedNode)
    }


@pytest.mark.parametrize("one", VIOLATIONS, ids=lambda one: f"{one.shape}-{one.kind}-{one.change}")
def test_a_violation_is_found_by_its_shape(one: Violation, report: Report) -> None:
    found = {result.shape for result in report.results if result.focus.endswith(f":{one.slug}")}
    assert f"shape:{one.shape}" in found


def test_nothing_is_wrong_with_what_conforms(report: Report) -> None:
    wrong = [
        result for result in report.results
        if result.focus.rpartition(":")[2].startswith(("example", "accepted"))
    ]  # fmt: skip
    assert wrong == []


def test_the_terminology_itself_conforms(report: Report) -> None:
    assert [r for r in report.results if "violates-" not in r.focus] == []


def test_every_shape_has_an_address_a_message_and_a_severity(folders: Folders) -> None:
    statements = {(t.subject, t.predicate) for t in shape_triples(folders)}
    for shape in named_shapes(folders):
        assert (shape, term("sh:message")) in statements, shape
        assert (shape, term("sh:severity")) in statements, shape


def test_every_shape_that_can_be_violated_by_itself_is(folders: Folders) -> None:
    listing = {t.subject for t in shape_triples(folders) if t.predicate == term("sh:property")}
    own = {
        t.subject for t in shape_triples(folders) if t.predicate in {term("sh:or"), term("sh:xone")}
    }
    grouping = {shape for shape in listing - own if isinstance(shape, NamedNode)}
    helpers = {term("shape:not-replaced")}
    violated = {term(f"shape:{one.shape}") for one in VIOLATIONS}
    assert named_shapes(folders) - grouping - helpers - violated == set()
