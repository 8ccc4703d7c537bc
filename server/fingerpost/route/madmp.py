"""A way as the skeleton of a machine-actionable data management plan.

RDA DMP Common Standard for machine-actionable Data Management Plans, version 1.2 (its JSON
schema): a plan with a data set for each kind of data, and a distribution for each repository
that comes first for sharing. What only the researcher can know says so, or is "unknown" where
the standard has that value. The contact, which the standard demands, is nobody yet: its address
is under .invalid, which never exists (RFC 2606).
"""

import json

from fingerpost import clock
from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.echo import Json
from fingerpost.route.deposit import Deposit
from fingerpost.route.way import Step, Way

MEDIA_TYPE = "application/vnd.org.rd-alliance.dmp-common.v1.2+json"
"""As systems that exchange plans by the standard name it."""

_TO_FILL_IN = "To be filled in"
_SYSTEMS = {
    "doi": "doi", "handle": "handle", "hdl": "handle", "ark": "ark", "purl": "purl",
    "urn": "urn", "igsn": "igsn", "lsid": "lsid",
}  # fmt: skip
_ACCESS = {"open": "open", "registered": "shared", "controlled": "shared", "on-request": "shared"}
_MADE_WITH = frozenset({"collect", "process", "analyse"})
_TOOLS = frozenset({"facility", "tool", "compute", "storage"})


def write(found: Way) -> str:
    """Return the plan as JSON."""
    return json.dumps(document(found), indent=2, ensure_ascii=False) + "\n"


def document(found: Way) -> dict[str, Json]:
    """Return the plan as the standard has it."""
    moment = f"{clock.today()}T00:00:00Z"
    plan: dict[str, Json] = {
        "title": f"Data management plan for {found.name}",
        "description": "A skeleton: what the sources of Fingerpost name for such data. "
        "What only the project knows is to be filled in.",
        "language": "eng",
        "created": moment,
        "modified": moment,
        "dmp_id": {"identifier": found.iri, "type": "url"},
        "contact": {
            "name": _TO_FILL_IN,
            "mbox": "to-be-filled-in@contact.invalid",
            "contact_id": {"identifier": _TO_FILL_IN, "type": "other"},
        },
        "ethical_issues_exist": "yes" if found.personal == "yes" else "unknown",
        "dataset": [_dataset(found, one) for one in _kinds(found)],
    }
    issues = [one for one in found.duties if one.applies]
    if issues and found.personal == "yes":
        told = " ".join(f"{one.title}: {one.text}" for one in issues)
        plan["ethical_issues_description"] = told
    return {"dmp": plan}


def _kinds(found: Way) -> list[Concept]:
    known = found.question.data or (found.question.technique,)
    return [one for one in known if one]


def _dataset(found: Way, data: Concept) -> dict[str, Json]:
    standards = _standards(found)
    result: dict[str, Json] = {
        "title": data.name,
        "dataset_id": {"identifier": f"{found.iri}#{data.slug}", "type": "url"},
        "personal_data": found.personal,
        "sensitive_data": found.personal,
        "keyword": [data.name],
        "distribution": [_distribution(one, found) for one in found.deposits],
        "metadata": [
            {
                "description": name,
                "language": "eng",
                "metadata_standard_id": {"identifier": address, "type": "url"},
            }
            for address, name in standards.items()
        ],
        "security_and_privacy": [
            {"title": one.title, "description": one.text} for one in found.duties if one.applies
        ],
        "technical_resource": _resources(found),
    }
    kept = _preserved(found)
    if kept:
        result["preservation_statement"] = kept
    if found.question.stage:
        result["type"] = f"{found.question.stage} data"
    return result


def _distribution(one: Deposit, found: Way) -> dict[str, Json]:
    access = one.first("access")
    host: dict[str, Json] = {"title": one.name, "url": one.first("url") or one.resource}
    description = one.first("description")
    country = one.first("country")
    systems: list[Json] = list(dict.fromkeys(map(_system, one.all("mintsIdentifier"))))
    host |= {"description": description} if description else {}
    host |= {"geo_location": country} if country else {}
    host |= {"pid_system": systems} if systems else {}
    result: dict[str, Json] = {
        "title": f"{found.name} in {one.name}",
        "data_access": _access(access, found.personal),
        "host": host,
    }
    formats: list[Json] = [value.name for value in one.taken if value.kind == "format"]
    if access is None:
        result["description"] = "How open the data will be there is to be settled."
    result |= {"format": formats} if formats else {}
    result |= {"byte_size": found.question.size} if found.question.size else {}
    return result


def _access(iri: str | None, personal: str) -> str:
    """Return the access to what is shared there: personal data are never open."""
    known = _ACCESS.get((iri or "").removeprefix(f"{IDS}access/"))
    if personal == "yes":
        return "shared"
    return known or "closed"


def _system(text: str) -> str:
    return _SYSTEMS.get(text.lower(), "other")


def _standards(found: Way) -> dict[str, str]:
    """Return the metadata standards: address → name, those that repositories ask for first."""
    asked = {
        value.address or value.value: value.name
        for one in found.deposits
        for value in one.taken
        if value.kind == "standard"
    }
    named = {value.name for one in found.deposits for value in one.taken}
    share = next((step for step in found.steps if step.phase.slug == "share"), None)
    others = {
        one.resource: one.name
        for one in (share.standards if share else ())
        if one.kind == "standard" and one.name not in named
    }
    return asked | others


def _resources(found: Way) -> list[Json]:
    """Return what data of this kind are made, processed and analysed with."""
    steps = [one for one in found.steps if one.phase.slug in _MADE_WITH]
    named: dict[str, Json] = {
        answer.resource: {"name": answer.name, "description": _use(step, answer.description)}
        for step in reversed(steps)
        for answer in reversed(step.choices)
        if answer.kind in _TOOLS
    }
    return list(reversed(named.values()))


def _use(step: Step, description: str) -> str:
    return f"{step.phase.name}: {description}"


def _preserved(found: Way) -> str:
    """Return where such data are kept and what holds for it, as the sources have it."""
    step = next((one for one in found.steps if one.phase.slug == "preserve"), None)
    if step is None:
        return ""
    told = [one.text for one in (*step.duties, *step.again)]
    places = [one.name for one in step.choices]
    where = [f"Places that keep such data: {', '.join(places)}."] if places else []
    return " ".join([*told, *where])
