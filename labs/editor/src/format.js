// Only white space between tokens changes: repeated keys, big numbers and half-written documents stay as they were typed.

const TOKEN = /"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;
const WIDTH = 72;

export function formatJson(text) {
  const tokens = text.match(TOKEN);
  if (!tokens) return text;
  let out = "";
  let depth = 0;
  const newline = () => { out = `${out.trimEnd()}\n${"  ".repeat(depth)}`; };
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === "{" || token === "[") {
      const short = shortList(tokens, i, depth);
      if (short) { out += short.text; i = short.end; continue; }
      depth += 1;
      out += token;
      newline();
    } else if (token === "}" || token === "]") {
      depth = Math.max(depth - 1, 0);
      newline();
      out += token;
    } else if (token === ",") {
      out += token;
      newline();
    } else if (token === ":") out += ": ";
    else out += /[\w"]$/.test(out) ? ` ${token}` : token;
  }
  return `${out.trimEnd()}\n`;
}

/** An empty object, or a list of plain values that fits on one line. */
function shortList(tokens, start, depth) {
  const close = tokens[start] === "{" ? "}" : "]";
  let end = start + 1;
  while (end < tokens.length && !"{}[]".includes(tokens[end])) end += 1;
  if (tokens[end] !== close) return null;
  const inner = tokens.slice(start + 1, end);
  if (inner.length && (close === "}" || inner.filter((token) => token === ",").length > 4)) return null;
  const text = tokens[start] + inner.map((token) => (token === "," ? ", " : token)).join("") + close;
  return text.length + 2 * depth > WIDTH ? null : { text, end };
}
