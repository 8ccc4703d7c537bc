"""The description of the service, read by a parser that is not ours (pyrudof, in Rust)."""

import re
import urllib.request

import pyrudof


def test_an_independent_parser_reads_it(server: str) -> None:
    request = urllib.request.Request(f"{server}/sparql", headers={"Accept": "text/turtle"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        described = answer.read().decode()
    reader = pyrudof.Rudof(pyrudof.RudofConfig())
    reader.read_service_description(described, reader_mode=pyrudof.ReaderMode.Strict)
    told = str(reader.serialize_service_description())
    assert f"endpoint: {server}/sparql\n" in told
    assert "supportedLanguage: [SPARQL11Query]" in told
    formats = re.search(r"result_format: \[(.*)\]", told)
    assert formats
    assert set(formats.group(1).split(", ")) >= {"JSON", "XML", "CSV", "TSV", "Turtle", "N-TRIPLES"}
    triples = re.search(r"triples: (\d+)", told)
    assert triples
    assert int(triples.group(1)) > 10_000
