// The lab page: the editor in the place of the textarea, drafts that survive, marks and words from the server.
// Without this module the form works all the same.

const area = document.querySelector("textarea[data-editor]");
const form = area?.form;
const words = document.getElementById("editor-words");
const said = words?.dataset ?? {};
const nonce = document.querySelector("script[nonce]")?.nonce;
let editor = null;

function fields(extra) {
  const data = new URLSearchParams(extra);
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token) data.set("csrfmiddlewaretoken", token.value);
  return data;
}

/** POST a form; null when the line or the session is lost (nothing typed depends on it). */
async function post(url, extra, options = {}) {
  try {
    const answer = await fetch(url, { method: "POST", body: fields(extra), headers: { "HX-Request": "true" }, ...options });
    if (answer.headers.has("HX-Redirect") || answer.status === 403) { state("expired"); return null; }
    return answer;
  } catch {
    state("offline");
    return null;
  }
}

// --- Marks ---------------------------------------------------------------------------------------

let asked = { text: "", marks: [] }; // the last text that the server read, and what it said

async function marks(text) {
  if (!text.trim()) return [];
  if (asked.text === text) return asked.marks;
  const answer = await post(area.dataset.lintUrl, { text });
  if (!answer?.ok) return [];
  const found = await answer.json();
  asked = { text, marks: Array.isArray(found) ? found : (found.marks ?? []) };
  return asked.marks;
}

let judged = null; // the text that the verdict on this page is about

/** A verdict's lines are those of the text that was handed in: they are shown while it stands in the editor. */
function markLines() {
  if (!editor) return;
  const links = area.value === judged ? [...document.querySelectorAll("#verdict a[data-mark]")] : [];
  editor.markLines(links.map(({ dataset }) => ({ line: Number(dataset.line), message: dataset.message, severity: dataset.mark })));
}

// --- Drafts: on the server while typing, in the browser until the server has them ------------------

const KEY = `draft:${area?.dataset.draftKey ?? location.pathname}`;
let timer = 0;
let saving = null;
let again = false;

function state(name, time = "") {
  const place = document.querySelector("[data-draft-state]");
  if (place) { place.textContent = `${said[name] ?? ""} ${time}`.trim(); place.dataset.state = name; }
}

/** The server speaks of its own clock's time; here it is said by the reader's. */
function sayTime() {
  const place = document.querySelector("[data-draft-state]");
  if (!place?.dataset.savedAt || "conflict" in place.dataset) return;
  state("saved", new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(new Date(place.dataset.savedAt)));
}

const revision = () => form.elements.revision?.value ?? "";

function write(store, value) {
  try { value ? store.setItem(KEY, JSON.stringify(value)) : store.removeItem(KEY); } catch { /* full or off */ }
}

function read(store) {
  try { return JSON.parse(store.getItem(KEY)); } catch { return null; }
}

const keepHere = () => write(localStorage, { text: area.value, revision: revision() });
const kept = () => read(localStorage);
const forget = () => write(localStorage, null);

/** The server has `text`. A page that it made before may still be on its way to this tab, which remembers until then. */
function settle(text) {
  if (area.value !== text) return keepHere();
  forget();
  write(sessionStorage, { text, revision: revision() });
}

/** The page was made before the last save arrived: it shows an older text under an older revision. */
function catchUp() {
  const saved = read(sessionStorage);
  write(sessionStorage, null);
  if (!saved || Number(saved.revision) <= Number(revision())) return;
  area.value = saved.text;
  form.elements.revision.value = saved.revision;
}

function changed() {
  keepHere();
  clearTimeout(timer);
  timer = setTimeout(save, 1500);
}

async function save(options) {
  if (!area.dataset.draftUrl) return;
  if (saving) { again = true; return; }
  const text = area.value;
  saving = send(text, options);
  await saving;
  saving = null;
  if (again) { again = false; save(); }
}

async function send(text, options) {
  const answer = await post(area.dataset.draftUrl, { text, revision: revision() }, options);
  if (answer) await record(answer, text);
}

/** A draft on its way raises the revision: what the form sends next must carry the new one. */
function afterSaving(event) {
  clearTimeout(timer);
  if (!saving) return;
  event.preventDefault();
  saving.then(() => event.detail.issueRequest());
}

/** The answer is a fragment: the new revision and words, or a conflict with another tab, which the fragment explains. */
async function record(answer, text) {
  if (answer.status === 429) { timer = setTimeout(save, 10_000); return; }
  const box = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  const place = document.querySelector("[data-draft-state]");
  if (!box || !place) return state(answer.ok ? "saved" : "failed");
  place.replaceWith(document.adoptNode(box));
  window.htmx?.process(box);
  sayTime();
  if (!box.dataset.revision || box.dataset.conflict !== undefined) return;
  if (form.elements.revision) form.elements.revision.value = box.dataset.revision;
  settle(text);
}

function restore() {
  const here = kept();
  if (!here || here.text === area.value) return forget();
  if (here.revision !== revision()) return offer(here.text);
  area.value = here.text;
  state("restored");
  changed();
}

/** The server's draft went on elsewhere meanwhile: the learner decides, nothing is overwritten. */
function offer(text) {
  const box = document.getElementById("draft-offer");
  if (!box) return;
  box.hidden = false;
  box.querySelector("[data-use-local]")?.addEventListener("click", () => { editor ? editor.replace(text) : (area.value = text); box.hidden = true; changed(); });
  box.querySelector("[data-drop-local]")?.addEventListener("click", () => { forget(); box.hidden = true; });
}

// --- The page -------------------------------------------------------------------------------------

function show(part) {
  const radio = document.querySelector(`.lab-tabs input[value="${part}"]`);
  if (radio) radio.checked = true;
}

/** The draft was saved with it, unless another tab saved meanwhile. */
function handedIn() {
  if (!document.querySelector("[data-draft-state][data-conflict]")) settle(judged);
  show("verdict");
}

function submit() {
  form.requestSubmit(form.querySelector("[data-submit], button[type=submit]"));
}

function onClick(event) {
  const link = event.target.closest("a[data-line], [data-format]");
  if (!link || !editor) return;
  event.preventDefault();
  show("editor");
  if (link.dataset.line) editor.goTo(Number(link.dataset.line), Number(link.dataset.column ?? 1));
  else { editor.format(); editor.focus(); }
}

async function start() {
  sayTime();
  if ("judged" in area.dataset) judged = area.value;
  catchUp();
  restore();
  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); } });
  form.addEventListener("htmx:confirm", afterSaving);
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === form) judged = area.value; });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && event.detail.elt === form) handedIn(); });
  document.addEventListener("click", onClick);
  document.body.addEventListener("htmx:afterSettle", (event) => { sayTime(); if (event.detail.elt.id === "verdict") markLines(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && kept()) save({ keepalive: area.value.length < 30_000 }); });
  addEventListener("online", () => { if (kept()) save(); });
  const [{ createEditor }, { wordsFor }] = await Promise.all([import(area.dataset.editor), import(area.dataset.words)]);
  editor = createEditor(area, {
    language: area.dataset.language,
    nonce,
    marks: area.dataset.lintUrl ? marks : null,
    complete: wordsFor(area.dataset),
    phrases: Object.fromEntries([...(words?.querySelectorAll("data") ?? [])].map((phrase) => [phrase.value, phrase.textContent])),
    changed,
    submit,
  });
  markLines();
  document.querySelector("[data-format]")?.toggleAttribute("hidden", area.dataset.language !== "json");
}

if (area && form) start();
