// What YASGUI's markup lacks for those who listen to a page, or use it by keys.

const ROLES = [
  [".yasr_response_chip", { role: "status" }],
  [".errorResult", { role: "alert" }],
  [".CodeMirror-hints", { "aria-label": "Offers" }],
  [".yasr_downloadIcon", { "aria-label": "Download the answer" }],
];

function mended(root) {
  for (const [selector, attributes] of ROLES) {
    for (const found of root.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) {
        if (found.getAttribute(name) !== value) found.setAttribute(name, value);
      }
    }
  }
  // What has more lines than room can be scrolled by keys.
  for (const found of root.querySelectorAll(".CodeMirror-scroll")) {
    const long = found.scrollHeight > found.clientHeight + 1;
    const attributes = long ? { tabindex: "0", role: "group", "aria-label": "Lines" } : { tabindex: "-1" };
    for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  }
  // One id for the controls of every tab would be the same id twice.
  root.querySelectorAll("#yasr_plugin_control").forEach((one) => one.removeAttribute("id"));
}

/** Mend what is there, and what YASGUI draws from now on; `furnish` gets each new panel. */
export function mend(root, furnish) {
  const all = () => {
    mended(root);
    root.querySelectorAll(".tabPanel:not(:has(.bar))").forEach(furnish);
  };
  all();
  new MutationObserver(all).observe(root, { childList: true, subtree: true });
}
