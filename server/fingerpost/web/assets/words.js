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

/** Let the editor complete from an endpoint; return a promise of its prefixes, name → IRI. */
export function completing(Yasqe, endpoint) {
  const { prefixes, class: classes, property: properties } = Yasqe.Autocompleters;
  const rows = once(endpoint, PREFIXES);
  prefixes.get = async () =>
    (await rows()).map((one) => `${one.prefix.value}: <${one.namespace.value}>`);
  // Kept by the browser's cache as any answer is; the editor's own store would outlive a change.
  prefixes.persistenceId = null;
  for (const [one, query] of [[classes, CLASSES], [properties, PROPERTIES]]) {
    const known = once(endpoint, query);
    one.get = async () => (await known()).map((row) => row.iri.value);
    one.bulk = true;
    one.autoShow = true;
    one.persistenceId = null;
  }
  return rows().then((found) =>
    Object.fromEntries(found.map((one) => [one.prefix.value, one.namespace.value])));
}
