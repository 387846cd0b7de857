// What the editor offers while typing: the kind's own words, which the server has (labs/completions.py).

/** What to complete at a place, or null where the kind has no words of its own. */
export function wordsFor({ language, completionsUrl }) {
  if (!completionsUrl) return null;
  const ask = catalogue(completionsUrl);
  return async (place) => options(place, language, await ask(""), ask);
}

/** One request a topic, kept for the page; the answer is cached by the browser too. */
function catalogue(url) {
  const known = new Map();
  return (topic) => {
    if (!known.has(topic)) {
      const address = topic ? `${url}&topic=${encodeURIComponent(topic)}` : url;
      known.set(topic, fetch(address).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({})));
    }
    return known.get(topic);
  };
}

async function options(place, language, { slots = [], lists = {} }, ask) {
  const slot = slots.find((one) => fits(one, place, language));
  if (!slot || (slot.asked && !place.explicit)) return null;
  const [, topic, rest] = /^([^:]*)(:?)/.exec(place.word);
  if (slot.topics === "word" && !rest) return words(lists.topics, slot, place, ":");
  const topics = slot.topics === "word" ? [topic] : slot.topics === "text" ? topicsIn(place.text) : [];
  const more = await Promise.all(topics.map(ask));
  return [lists, ...more.map((answer) => answer.lists ?? {})].flatMap((found) => slot.lists.flatMap((name) => words(found[name], slot, place)));
}

function fits({ at, path }, place, language) {
  const here = language !== "json" || !place.path ? "text" : place.path.key ? "key" : "value";
  return at === here && new RegExp(path).test((place.path?.names ?? []).join("/"));
}

function words(list = [], slot, place, ending = "") {
  const bare = slot.at !== "value" || !slot.quoted || place.path?.quoted;
  return list.map(([word, detail]) => {
    const label = word + ending;
    return { label, detail, type: slot.at === "key" ? "property" : "constant", ...(bare ? {} : { apply: `"${label}"` }) };
  });
}

/** What stands before a colon in the words of the whole text, as `fruit` in "fruit:apple"; the first few. */
function topicsIn(text) {
  return [...new Set([...text.matchAll(/"([a-z0-9-]+):[A-Za-z*]/g)].map((match) => match[1]))].slice(0, 7);
}
