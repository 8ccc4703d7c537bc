// Answers queries over sources with Comunica's library, a line of JSON each: [QUERY, SOURCE, ...].
// A source is an address, or an address after its type and @, as on the command line.
import { createInterface } from "node:readline";
import { QueryEngine } from "@comunica/query-sparql";

for await (const line of createInterface({ input: process.stdin })) {
  const [query, ...named] = JSON.parse(line);
  console.log(JSON.stringify(await found(query, named.map(source))));
}

async function found(query, sources) {
  // One engine a question: what it remembers of sources is its own.
  const answer = await new QueryEngine().query(query, { sources });
  const written = {
    bindings: async () => (await (await answer.execute()).toArray()).map(row),
    quads: async () => (await (await answer.execute()).toArray()).map(triple),
    boolean: () => answer.execute(),
  }[answer.resultType];
  return written();
}

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
