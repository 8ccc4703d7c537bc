"""Writing over HTTP: who may, what is refused and why, and that everybody sees it at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fingerpost.generations.folder import Generations
from writing.service import ALT, GRAPH, ZENODO, Answer, Service

GRAPHS = "https://w3id.org/fingerpost/graph/"
FP = "https://w3id.org/fingerpost/ontology#"


def insert(name: str) -> str:
    return f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> "{name}"@en }} }}'


def problem(answer: Answer) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["detail"])


def test_a_change_is_seen_by_every_process_as_soon_as_it_is_acknowledged(service: Service) -> None:
    for number in range(10):
        assert service.update(insert(f"seen {number}")).status == 200
        for _ in range(4):
            assert service.holds(f'<{ZENODO}> <{ALT}> "seen {number}"@en')


def test_a_change_says_which_generation_it_made(service: Service, folder: Path) -> None:
    answer = service.update(insert("counted"))
    last = Generations(folder).history()[-1]
    assert answer.json()["generation"] == last.number
    assert (last.by, last.what) == ("environment", "SPARQL Update")


def test_a_change_that_changes_nothing_makes_no_generation(service: Service, folder: Path) -> None:
    first = service.update(insert("again")).json()["generation"]
    again = service.update(insert("again"))
    assert (again.status, again.json()) == (200, {"generation": first, "statements": 0})
    assert Generations(folder).history()[-1].number == first


def test_what_follows_from_a_change_comes_and_goes_with_it(service: Service) -> None:
    thing = "https://w3id.org/fingerpost/id/data-type/imaging-data"
    pattern = f"<{ZENODO}> <{FP}concernsData> <{thing}>"
    text = f"DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{FP}produces> <{thing}> }} }}"
    assert not service.holds(pattern)
    assert service.update(f"INSERT {text}").status == 200
    assert service.holds(pattern)
    assert service.holds(f"GRAPH <{GRAPHS}inferred> {{ {pattern} }}")
    assert service.update(f"DELETE {text}").status == 200
    assert not service.holds(pattern)


def test_who_changed_what_and_when_is_in_the_graph(service: Service) -> None:
    number = service.update(insert("on record")).json()["generation"]
    (row,) = service.select(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        f"SELECT ?who ?what ?when {{ GRAPH <{GRAPHS}provenance> {{"
        f"<{GRAPHS}provenance#change-{number}> rdfs:label ?what ; prov:endedAtTime ?when ;"
        f"prov:wasAssociatedWith/rdfs:label ?who . <{GRAPH}> prov:wasInfluencedBy <{GRAPHS}provenance#change-{number}> }} }}"
    )
    assert (row["who"], row["what"]) == ("environment", "SPARQL Update")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*(Z|\+00:00)", row["when"])


@pytest.mark.parametrize("token", [None, "wrong", "a-token-of-the-tests-0123456788", "é" * 20])
def test_without_a_known_token_nothing_is_written(service: Service, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1")} if token else {}
    answer = service.update(insert("not written"), token=None, **headers)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "token" in problem(answer)
    assert not token or token not in answer.body.decode()
    assert not service.holds(f'<{ZENODO}> <{ALT}> "not written"@en')


def test_a_page_of_another_origin_may_not_write(service: Service) -> None:
    answer = service.update(insert("from elsewhere"), Origin="https://elsewhere.example")
    assert (answer.status, "elsewhere.example" in problem(answer)) == (403, True)
    assert service.update(insert("from here"), Origin=service.address).status == 200


@pytest.mark.parametrize(
    "text",
    [
        f'INSERT DATA {{ <{ZENODO}> <{ALT}> "x"@en }}',
        "CLEAR DEFAULT",
        "DROP ALL",
        "CLEAR ALL",
        f"COPY <{GRAPH}> TO DEFAULT",
        f"MOVE DEFAULT TO <{GRAPH}>",
        f"DELETE WHERE {{ <{ZENODO}> ?p ?o }}",
        f"CLEAR GRAPH <{GRAPHS}inferred>",
        f"INSERT DATA {{ GRAPH <{GRAPHS}provenance> {{ <a:b> <a:c> <a:d> }} }}",
        f"BASE <{GRAPHS}> INSERT DATA {{ GRAPH <inferred> {{ <a:b> <a:c> <a:d> }} }}",
        f"PREFIX g: <{GRAPHS}> DROP GRAPH g:service",
        f"WITH <{GRAPHS}inferred> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <a:b> <a:c> 1 }} }} ; CLEAR DEFAULT",
    ],
)
def test_what_is_derived_is_not_written_and_it_is_said_where_to(
    service: Service, text: str
) -> None:
    before = service.ask("/health/ready").json()["id"]
    answer = service.update(text)
    assert answer.status == 409
    assert "named graph" in problem(answer)
    assert service.ask("/health/ready").json()["id"] == before


@pytest.mark.parametrize("name", ["inferred", "provenance", "service"])
def test_a_derived_graph_is_read_but_not_put(service: Service, name: str) -> None:
    assert service.ask(f"/graphs/{name}").status == 200
    for method in ("PUT", "POST", "DELETE"):
        answer = service.ask(f"/graphs/{name}", method, b"", Content_Type="text/turtle")
        assert answer.status == 409
    assert service.ask("/graphs?default", "PUT", b"", Content_Type="text/turtle").status == 409


def test_what_does_not_conform_is_refused_with_its_report(service: Service) -> None:
    name = "http://www.w3.org/2004/02/skos/core#prefLabel"
    text = f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{name}> "Another"@en }} }}'
    answer = service.update(text)
    assert answer.status == 422
    assert "exactly one preferred name" in problem(answer)
    assert any("repository:zenodo" in str(one) for one in answer.json()["problems"])  # type: ignore[attr-defined]
    report = service.update(text, Accept="text/turtle")
    assert report.status == 422
    assert report.headers["Content-Type"].startswith("text/turtle")
    assert b"sh:ValidationReport" in report.body
    assert not service.holds(f'<{ZENODO}> <{name}> "Another"@en')


def test_a_blank_node_among_records_is_refused(service: Service) -> None:
    answer = service.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> _:b }} }}")
    assert (answer.status, "blank node" in problem(answer)) == (422, True)


@pytest.mark.parametrize(
    ("text", "status", "hint"),
    [
        ("INSERT DATA { GRAPH <a:b> { <a:b> } }", 400, "Line 1"),
        ("LOAD <http://127.0.0.1:9/>", 403, "LOAD"),
        ("LOAD <file:///etc/passwd> INTO GRAPH <a:b>", 403, "LOAD"),
        ("INSERT { GRAPH <a:b> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("INSERT DATA { GRAPH <a:b> { <a:b> <a:c> 1 } } garbage", 400, "Line"),
        ("", 200, ""),
    ],
)  # fmt: skip
def test_a_bad_update_is_refused_with_a_reason(
    service: Service, text: str, status: int, hint: str
) -> None:
    answer = service.update(text)
    assert answer.status == status, answer.body
    assert status == 200 or hint in problem(answer)


def test_several_operations_are_one_change(service: Service, folder: Path) -> None:
    before = len(Generations(folder).history())
    text = f"{insert('one of two')} ; {insert('two of two')}"
    assert service.update(text).status == 200
    assert len(Generations(folder).history()) == before + 1
    broken = (
        f"{insert('three of two')} ; INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> _:x }} }}"
    )
    assert service.update(broken).status == 422
    assert not service.holds(f'<{ZENODO}> <{ALT}> "three of two"@en')


def test_a_graph_is_put_read_added_to_and_removed(service: Service) -> None:
    body = f"<{ZENODO}> <{ALT}> 'put'@en .".encode()
    more = f"<{ZENODO}> <{ALT}> 'posted'@en .".encode()
    assert service.ask("/graphs/notes", "PUT", body, Content_Type="text/turtle").status == 201
    assert service.holds(f'<{ZENODO}> <{ALT}> "put"@en')
    assert service.ask("/graphs/notes", "POST", more, Content_Type="text/turtle").status == 200
    found = service.ask("/graphs/notes", Accept="application/n-triples")
    assert len(found.body.splitlines()) == 2
    same = service.ask(f"/graphs?graph={GRAPHS}notes", Accept="application/n-triples")
    assert same.body == found.body
    assert service.ask("/graphs/notes", "PUT", more, Content_Type="text/turtle").status == 200
    assert not service.holds(f'<{ZENODO}> <{ALT}> "put"@en')
    assert service.ask("/graphs/notes", "DELETE").status == 200
    assert service.ask("/graphs/notes").status == 404
    assert service.ask("/graphs/notes", "DELETE").status == 404
    assert not service.holds(f'<{ZENODO}> <{ALT}> "posted"@en')


def test_if_match_keeps_one_writer_from_undoing_anothers_work(service: Service) -> None:
    body = f"<{ZENODO}> <{ALT}> 'first'@en .".encode()
    assert service.ask("/graphs/shared", "PUT", body, Content_Type="text/turtle").status == 201
    read = service.ask("/graphs/shared", Accept="text/turtle")
    coded = service.ask("/graphs/shared", Accept="application/n-triples", Accept_Encoding="gzip")
    for tag, status in (('"nonsense"', 412), (read.headers["ETag"], 200)):
        answer = service.ask(
            "/graphs/shared", "POST", f"<{ZENODO}> <{ALT}> 'by {status}'@en .".encode(),
            Content_Type="text/turtle", If_Match=tag,
        )  # fmt: skip
        assert answer.status == status
    for tag in (read.headers["ETag"], coded.headers["ETag"]):
        assert service.ask("/graphs/shared", "DELETE", If_Match=tag).status == 412
    assert not service.holds(f'<{ZENODO}> <{ALT}> "by 412"@en')
    exists = service.ask(
        "/graphs/shared", "PUT", body, Content_Type="text/turtle", If_None_Match="*"
    )
    assert exists.status == 412
    now = service.ask("/graphs/shared", Accept="text/turtle").headers["ETag"]
    assert service.ask("/graphs/shared", "DELETE", If_Match=f'"other", {now}').status == 200


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("text/turtle", b"this is not turtle", 400),
        ("text/turtle", b"<a:b> <a:c> '\xff' .", 400),
        ("application/ld+json", b"{", 400),
        ("application/rdf+xml", b"<rdf:RDF", 400),
        ("text/csv", b"a,b", 415),
        ("application/trig", b"<a:g> { <a:b> <a:c> 1 }", 415),
        ("text/turtle; charset=latin-1", b"", 415),
        ("", b"<a:b> <a:c> 1 .", 415),
    ],
)
def test_a_graph_that_cannot_be_read_is_refused(
    service: Service, media_type: str, body: bytes, status: int
) -> None:
    answer = service.ask("/graphs/unread", "PUT", body, Content_Type=media_type)
    assert answer.status == status, answer.body
    assert problem(answer)
    assert service.ask("/graphs/unread").status == 404


@pytest.mark.parametrize(
    "address", ["/graphs", "/graphs?graph=", "/graphs?graph=notes", "/graphs?graph=a:b&default", "/graphs/x?default"]
)  # fmt: skip
def test_a_request_names_one_graph(service: Service, address: str) -> None:
    assert service.ask(address).status == 400


def test_a_server_chooses_the_name_of_a_graph_that_is_posted_without_one(service: Service) -> None:
    body = f"<{ZENODO}> <{ALT}> 'nameless'@en .".encode()
    answer = service.ask("/graphs", "POST", body, Content_Type="text/turtle")
    assert answer.status == 201
    place = answer.headers["Location"].removeprefix(service.address)
    assert b"nameless" in service.ask(place).body
    assert service.ask(place, "DELETE").status == 200


def test_changes_of_many_clients_at_once_are_all_made(service: Service) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: service.update(insert(f"client {n}")), range(24)))
    assert {answer.status for answer in answers} == {200}
    numbers = [answer.json()["generation"] for answer in answers]
    assert len(set(numbers)) == 24
    rows = service.select(
        f'SELECT ?name {{ <{ZENODO}> <{ALT}> ?name FILTER (STRSTARTS(?name, "client ")) }}'
    )
    assert len(rows) == 24


def test_an_update_that_takes_too_long_is_called_off() -> None:
    service = Service("--plain", "--open-writes", "--timeout", "0.3", token=None)
    try:
        rows = " . ".join(f"<a:{n}> <a:p> {n}" for n in range(2000))
        assert service.update(f"INSERT DATA {{ {rows} }}").status == 200
        slow = service.update(
            "INSERT { ?a <a:q> ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?c + ?i + ?l < 0) }"
        )
        assert slow.status == 504
        assert service.holds("<a:7> <a:p> 7")
        assert service.update("INSERT DATA { <a:b> <a:c> 1 }").status == 200
    finally:
        service.stop()


def test_what_a_put_graph_states_by_itself_stays_when_the_claim_of_it_goes(
    service: Service,
) -> None:
    plain = f'<{ZENODO}> <{ALT}> "claimed"@en .'
    claim = f"""
      <{ZENODO}#claim-name> a <{FP}Claim> ; <{FP}subject> <{ZENODO}> ; <{FP}property> <{ALT}> ;
        <{FP}value> "claimed"@en ; <http://purl.org/dc/terms/source>
        <https://w3id.org/fingerpost/id/source/rdm-guidelines-repository> ;
        <{FP}statedOn> "2026-11-21"^^<http://www.w3.org/2001/XMLSchema#date> ."""
    pattern = f'<{ZENODO}> <{ALT}> "claimed"@en'

    def put(text: str) -> Answer:
        return service.ask("/graphs/notes", "PUT", text.encode(), Content_Type="text/turtle")

    assert put(claim).status == 201
    assert service.holds(f"GRAPH <{GRAPHS}notes> {{ {pattern} }}")
    assert put(plain).status == 200
    assert service.holds(pattern)
    assert put(claim).status == 200
    assert put("").status == 200
    assert not service.holds(pattern)
