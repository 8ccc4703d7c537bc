// Answers a query over sources with Comunica's library: node ask.mjs QUERY SOURCE [SOURCE ...]
// A source is an address, or an address after its type and @, as on the command line.
import { QueryEngine } from "@comunica/query-sparql";

const [query, ...named] = process.argv.slice(2);
const sources = named.map(source);
const answer = await new QueryEngine().query(query, { sources });
const written = {
  bindings: async () => (await (await answer.execute()).toArray()).map(row),
  quads: async () => (await (await answer.execute()).toArray()).map(triple),
  boolean: () => answer.execute(),
}[answer.resultType];
console.log(JSON.stringify(await written()));

function source(named) {
  const [value, type] = named.split("@", 2).reverse();
  return type ? { type, value } : value;
}

function row(bindings) {
  return Object.fromEntries([...bindings].map(([name, value]) => [name.value, term(value)]));
}

function triple(quad) {
  return [quad.subject, quad.predicate, quad.object].map(term);
}

function term(found) {
  if (found.termType === "Literal") {
    return ["literal", found.value, found.language || found.datatype.value];
  }
  return [found.termType === "NamedNode" ? "uri" : "bnode", found.value, ""];
}
