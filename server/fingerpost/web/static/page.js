// What pages can do beyond HTML: tables that sort, fields that complete themselves.
// Everything works without it.

/** Say how two texts are ordered: as numbers where both are, else as words. */
export function compare(one, other) {
  if (one === "" || other === "") return (one === "") - (other === "");
  const numbers = [Number(one), Number(other)];
  if (numbers.every(Number.isFinite)) return numbers[0] - numbers[1];
  return one.localeCompare(other, "en", { numeric: true, sensitivity: "base" });
}

/** Return the rows of a table in the order of a column; equal ones keep theirs. */
export function sorted(rows, column, descending) {
  const text = (row) => row.cells[column].textContent.trim();
  const order = (a, b) => compare(text(a), text(b)) * (descending && text(a) && text(b) ? -1 : 1);
  return [...rows].sort(order);
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      table.tBodies[0].append(...sorted(table.tBodies[0].rows, column, descending));
    });
  });
}

let number = 0;

function completing(input) {
  const list = document.createElement("ul");
  list.className = "offers";
  list.id = `offers-${++number}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Offers");
  list.hidden = true;
  const picker = document.createElement("span");
  picker.className = "picker";
  input.replaceWith(picker);
  picker.append(input, list);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let chosen = -1, asked = 0, waiting;

  function show(offers) {
    chosen = -1;
    list.replaceChildren(...offers.map((offer, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.value = input.dataset.fill === "slug" ? offer.slug : offer.name;
      const kind = document.createElement("small");
      kind.textContent = offer.kind.replace("-", " ");
      item.append(offer.name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  /** Let the list stay as it is, until something else is typed. */
  function rest() { clearTimeout(waiting); asked++; }

  function close() { rest(); show([]); }

  function take(item) { input.value = item.dataset.value; close(); }

  function move(by) {
    rest();
    const items = [...list.children];
    chosen = (chosen + by + items.length + (chosen < 0 && by < 0 ? 1 : 0)) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  async function ask() {
    const mine = ++asked;
    const text = input.value.trim();
    const query = new URLSearchParams({ q: text, class: input.dataset.offers });
    const answer = text.length < 2 ? null : await fetch(`/search?${query}`).catch(() => null);
    const offers = answer?.ok ? await answer.json() : [];
    if (mine === asked && document.activeElement === input) show(offers);
  }

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

if (typeof document !== "undefined") {
  document.querySelectorAll("table.sortable").forEach(sortable);
  document.querySelectorAll("input[data-offers]").forEach(completing);
}
