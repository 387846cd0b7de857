import { syntaxTree } from "@codemirror/language";

/** Where in a JSON document `pos` is: the property names from the root, and whether a name is being typed. */
export function jsonPath(state, pos) {
  const names = [];
  let node = syntaxTree(state).resolveInner(pos, -1);
  const key = node.name === "PropertyName";
  const quoted = node.name === "String" || key;
  for (; node; node = node.parent) {
    if (node.name !== "Property") continue;
    const name = node.getChild("PropertyName");
    if (name) names.unshift(state.sliceDoc(name.from, name.to).replaceAll('"', ""));
  }
  if (key) names.pop();
  return { names, key, quoted };
}
