// The SPARQL editor: YASGUI over this service's own endpoint, in place of the plain form.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";
import { mend } from "./mended.js";
import Rows, { element } from "./rows.js";
import { completing, reading } from "./words.js";

const LONGEST = 6000;

const place = document.getElementById("editor");
const form = document.getElementById("plain");
const endpoint = new URL(form.getAttribute("action"), location.href).href;

/** Return the address at which a query and its answer are; a long one goes behind the hash. */
function address(query) {
  const given = new URLSearchParams({ query });
  const short = `${endpoint}?${given}&format=html`;
  return short.length <= LONGEST ? short : `${endpoint}#${given}`;
}

/** Say what the endpoint says is wrong: its errors are problem documents (RFC 9457). */
async function problem({ text }) {
  if (/abort/i.test(text) && !text.startsWith("{")) return element("p", {}, "Stopped.");
  try {
    const told = JSON.parse(text);
    if (told.detail) return element("p", {}, told.detail);
  } catch {
    // It is no problem document, so it is shown as it is.
  }
  return undefined;
}

/** Return the text that the reader has begun, or the address asks for, and whether to run it. */
function asked() {
  if (form.query.value !== form.query.defaultValue) return { text: form.query.value, run: false };
  const behind = new URLSearchParams(location.hash.slice(1)).get("query");
  if (behind) return { text: behind, run: true };
  const there = "run" in place.dataset || "name" in place.dataset;
  return there ? { text: form.query.value, run: "run" in place.dataset } : null;
}

/** Show a text in a tab: the one that has it, or one of its own. */
function open(gui, text, name) {
  const tabs = gui.persistentConfig;
  const held = tabs.getTabs().find((id) => tabs.getTab(id).yasqe.value === text);
  if (held) gui.selectTabId(held);
  else gui.addTab(true, { yasqe: { value: text }, ...(name && { name: gui.createTabName(name) }) });
}

function button(name, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, name);
  made.addEventListener("click", act);
  return made;
}

function run(gui) {
  gui.getTab().query().catch(() => {}); // it is shown where an answer would be
}

/** Return a button, and the field in which it shows the address of a query, ready to be copied. */
function sharing(gui) {
  const field = element("input", { readonly: "", "aria-label": "Address of this query" });
  field.hidden = true;
  const share = button("Share", () => {
    field.hidden = !field.hidden;
    share.setAttribute("aria-expanded", String(!field.hidden));
    field.value = address(gui.getTab().getQuery());
    if (!field.hidden) field.select();
  }, { class: "other", "aria-expanded": "false" });
  return [share, field];
}

/** Put under the editor of a tab what is done with its query. */
function furnish(gui, panel) {
  const stop = () => gui.getTab().getYasqe().abortQuery();
  const runs = button("Run", () => (runs.textContent === "Run" ? run(gui) : stop()));
  const mine = (tab) => tab.getId() === panel.id;
  gui.on("query", (_, tab) => { if (mine(tab)) runs.textContent = "Stop"; });
  for (const done of ["queryResponse", "queryAbort"]) {
    gui.on(done, (_, tab) => { if (mine(tab)) runs.textContent = "Run"; });
  }
  const fresh = () => gui.addTab(true).getYasqe().focus();
  panel.querySelector(".editorwrapper").after(element("p", { class: "bar" }, runs,
    button("New query", fresh, { class: "other" }),
    ...sharing(gui),
    element("span", { class: "small" }, "Ctrl+Enter runs, Ctrl+Space completes.")));
}

async function mount() {
  const { Yasqe, Yasr } = Yasgui;
  Yasr.registerPlugin("table", Rows);
  Yasr.defaults.errorRenderers = [problem];
  const prefixes = await completing(Yasqe, endpoint);
  const wanted = asked();
  const typing = document.activeElement === form.query;
  const gui = new Yasgui(place, {
    persistenceId: "fingerpost",
    autofocus: false,
    autoAddOnInit: false,
    populateFromUrl: false,
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    requestConfig: {
      endpoint,
      method: (one) => (address(one.getTab().getQuery()).includes("#") ? "POST" : "GET"),
      acceptHeaderGraph: "text/turtle",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderUpdate: "application/json",
    },
    yasqe: {
      mode: reading(Yasqe, prefixes),
      value: place.dataset.fresh,
      screenReaderLabel: "Query",
      showQueryButton: false,
      dragDrop: false, // it draws with a picture that is written into the page
      extraKeys: { Tab: false, "Shift-Tab": false }, // for keys alone, Tab leads on
    },
    // Answers are not kept: they are of the graph as it was.
    yasr: { prefixes, maxPersistentResponseSize: 0 },
  });
  if (wanted) open(gui, wanted.text, place.dataset.name);
  else if (!gui.persistentConfig.getTabs().length) gui.addTab(true);
  mend(place, (panel) => furnish(gui, panel));
  form.hidden = true;
  document.getElementById("answer")?.remove();
  document.getElementById("fault")?.remove();
  place.hidden = false;
  const field = gui.getTab().getYasqe();
  field.refresh();
  if (typing) {
    field.focus();
    field.setCursor(field.lineCount(), 0);
  }
  if (wanted?.run) run(gui);
}

mount();
