// Bundles the editor: `node build.mjs FOLDER DIGEST`, where `npm ci` has been.
// FOLDER gets a script, a style sheet, the licences of what is in them, and a manifest.

import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

const [folder, digest] = process.argv.slice(2);

// YASGUI draws the reason of a syntax error with a style attribute, which the policy of the page
// forbids; the element alone says as much.
const STYLED = "<strong style='text-decoration:underline'>";

/** A plugin that takes the one style attribute out of YASGUI, and fails where it is no more. */
const plain = {
  name: "plain",
  setup({ onLoad }) {
    onLoad({ filter: /yasgui\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes(STYLED)) throw new Error("YASGUI has changed: look at build.mjs");
      return { contents: text.replaceAll(STYLED, "<strong>"), loader: "js" };
    });
  },
};

/** Return whose a package is: names alone, without their addresses. */
function owners({ author, contributors = [] }) {
  const people = [author, ...contributors].filter(Boolean);
  const names = people.map((one) => (one.name ?? one).replace(/\s*[<(].*/, ""));
  return `Copyright (c) ${names.join(", ")}`;
}

/** Return a package's name, its version, and the texts of its licence. */
async function licence(path, described) {
  const files = await readdir(path);
  const named = files.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(named.map((name) => readFile(join(path, name), "utf8")));
  const own = typeof described.license === "string" ? described.license : "";
  if (!texts.length) texts.push(owners(described));
  if (!named.length && own === "MIT") texts.push(await readFile("mit.txt", "utf8"));
  const head = `${described.name} ${described.version} (${own || "see below"})`;
  return [head, ...texts.map((text) => text.trim())].join("\n\n");
}

/** Return the licences of all that may be in the bundle, one after the other. */
async function licences() {
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const bundled = Object.keys(packages).filter((path) => path && !packages[path].dev);
  const told = await Promise.all(bundled.sort().map(async (path) => {
    const described = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
    return licence(path, described);
  }));
  return told.join(`\n\n${"-".repeat(78)}\n\n`) + "\n";
}

const { metafile } = await build({
  entryPoints: ["editor.js"],
  entryNames: "[name]-[hash]",
  outdir: folder,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022"],
  external: ["/static/page.js"], // every page has it already
  plugins: [plain],
  logLevel: "error",
});
const names = Object.keys(metafile.outputs).map((path) => basename(path));
const script = names.find((name) => name.endsWith(".js"));
const style = names.find((name) => name.endsWith(".css"));
await writeFile(join(folder, "licences.txt"), await licences());
await writeFile(join(folder, "built.json"), JSON.stringify({ digest, script, style }) + "\n");
