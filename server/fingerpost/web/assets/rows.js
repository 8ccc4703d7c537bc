// The table of an answer: sorted by its heads, narrowed by a word, a piece at a time.
// YASGUI's own writes styles into the page, which the policy of the page forbids.

import { compare } from "/static/page.js";

const PIECE = 200;
const LONG = 80; // characters from which on a cell needs room, on a phone too
const HERE = "https://w3id.org/fingerpost/id/";
const WEB = /^https?:/;

/** Make an element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Return an IRI as a prefixed name, where a prefix is known for it. */
export function short(iri, prefixes) {
  const fitting = Object.entries(prefixes).filter(([, space]) => iri.startsWith(space));
  const [name, space] = fitting.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  const local = space && iri.slice(space.length);
  return local && !local.includes("/") ? `${name}:${local}` : iri;
}

function shown(term, prefixes) {
  if (!term) return "";
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type !== "uri") {
    const language = term["xml:lang"];
    return language ? element("span", { lang: language }, term.value) : term.value;
  }
  const text = short(term.value, prefixes);
  if (!WEB.test(term.value)) return text;
  const href = term.value.startsWith(HERE) ? `/${term.value.slice(HERE.length)}` : term.value;
  return element("a", { href, title: term.value }, text);
}

export default class Rows {
  label = "Table";
  priority = 10;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return (this.yasr.results?.getVariables() ?? []).length > 0;
  }

  getIcon() {
    return null;
  }

  download(name) {
    return {
      filename: `${name || "answer"}.csv`,
      contentType: "text/csv",
      title: "Download as CSV",
      getData: () => this.yasr.results?.asCsv() ?? "",
    };
  }

  draw() {
    this.columns = this.yasr.results.getVariables();
    this.rows = this.yasr.results.getBindings() ?? [];
    this.prefixes = this.yasr.getPrefixes();
    this.word = "";
    this.order = null;
    this.size = PIECE;
    this.body = element("tbody");
    this.heads = this.columns.map((name) => this.head(name));
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...this.heads)), this.body);
    const frame = { class: "wide", tabindex: "0", role: "region", "aria-label": "Answer" };
    this.more = element("button", { type: "button", class: "more" });
    this.more.addEventListener("click", () => { this.size += PIECE; this.fill(); });
    this.yasr.resultsEl.append(...this.narrowing(), element("div", frame, table), this.more);
    this.fill();
  }

  narrowing() {
    if (this.rows.length < 10) return [];
    const field = element("input", { type: "search", autocomplete: "off" });
    field.addEventListener("input", () => {
      this.word = field.value.trim().toLowerCase();
      this.fill();
    });
    return [element("label", { class: "narrow" }, "Only rows with ", field)];
  }

  head(name) {
    const button = element("button", { type: "button" }, name);
    const head = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      this.heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      this.order = { name, way: down ? -1 : 1 };
      this.fill();
    });
    return head;
  }

  fill() {
    const text = (row, name) => row[name]?.value ?? "";
    const said = (row, name) => `${text(row, name)} ${short(text(row, name), this.prefixes)}`;
    const fits = (row) => this.columns.some((name) => said(row, name).toLowerCase().includes(this.word));
    let rows = this.word ? this.rows.filter(fits) : [...this.rows];
    if (this.order) {
      const { name, way } = this.order;
      rows.sort((a, b) => compare(text(a, name), text(b, name)) * (text(a, name) && text(b, name) ? way : 1));
    }
    const kind = (row, name) => (text(row, name).length > LONG ? { class: "long" } : {});
    const cell = (row, name) => element("td", kind(row, name), shown(row[name], this.prefixes));
    const cells = (row) => this.columns.map((name) => cell(row, name));
    this.body.replaceChildren(...rows.slice(0, this.size).map((row) => element("tr", {}, ...cells(row))));
    this.more.hidden = rows.length <= this.size;
    this.more.textContent = `Show more of ${rows.length} rows`;
  }
}
