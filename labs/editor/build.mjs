// One file, the same bytes on every machine: no source map, no time, no path in it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const OUT = "../../static/editor";

const { metafile } = await build({
  entryPoints: ["src/editor.js"],
  outfile: `${OUT}/editor.min.js`,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* CodeMirror 6 (MIT), see LICENSES.txt. Built from labs/editor/src by `make editor`: do not edit. */" },
  logLevel: "info",
});

// The notice of every package that is really in the file.
const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
const notices = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});
writeFileSync(`${OUT}/LICENSES.txt`, notices.join("\n----------------------------------------\n\n"));
