// What the editor completes with: the prefixes, classes and properties of the endpoint itself.

const PREFIXES = `PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?prefix ?namespace { ?declared sh:prefix ?prefix ; sh:namespace ?namespace } ORDER BY ?prefix`;
const CLASSES = "SELECT DISTINCT ?iri { ?thing a ?iri FILTER (isIRI(?iri)) } ORDER BY ?iri";
const PROPERTIES = "SELECT DISTINCT ?iri { ?thing ?iri ?value } ORDER BY ?iri";

/** Return a function that asks the endpoint once, and gives the same rows ever after. */
function once(endpoint, query) {
  let asked;
  const ask = async () => {
    const address = `${endpoint}?${new URLSearchParams({ query })}`;
    const answer = await fetch(address, { headers: { Accept: "application/sparql-results+json" } });
    if (!answer.ok) throw new Error(`The endpoint answered ${answer.status}.`);
    return (await answer.json()).results.bindings;
  };
  return () => (asked ??= ask().catch(() => []));
}

/** Let the editor complete from an endpoint; return its prefixes, name → IRI. */
export async function completing(Yasqe, endpoint) {
  const { prefixes, class: classes, property: properties } = Yasqe.Autocompleters;
  const found = (await once(endpoint, PREFIXES)()).map((one) => [one.prefix.value, one.namespace.value]);
  prefixes.get = () => found.map(([name, iri]) => `${name}: <${iri}>`);
  // The editor would keep its words in a store of its own, which outlives a change of the graph.
  prefixes.persistenceId = null;
  for (const [one, query] of [[classes, CLASSES], [properties, PROPERTIES]]) {
    const known = once(endpoint, query);
    one.get = async () => (await known()).map((row) => row.iri.value);
    one.bulk = true;
    one.autoShow = true;
    one.persistenceId = null;
  }
  return Object.fromEntries(found);
}

/** Return the name of SPARQL as the endpoint reads it: with prefixes that need no declaration. */
export function reading(Yasqe, known) {
  Yasqe.defineMode("sparql-here", (config) => {
    const mode = Yasqe.getMode(config, "sparql11");
    const startState = () => ({ ...mode.startState(), prefixes: Object.create(known) });
    return { ...mode, startState };
  });
  // What a text itself declares; the editor adds the others to it where they are written.
  const { getPrefixesFromQuery } = Yasqe.prototype;
  Yasqe.prototype.getPrefixesFromQuery = function declared() {
    return { ...getPrefixesFromQuery.call(this) };
  };
  return "sparql-here";
}
