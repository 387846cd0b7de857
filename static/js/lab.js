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
  data.set("variant", form.elements.variant?.value ?? "");
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

// The text that the verdict on this page is about; null where it is about another variant's.
let judged = document.getElementById("judged-text")?.content.textContent ?? null;
let sent = ""; // the text that is being handed in

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

function write(store, value, key = KEY) {
  try { value ? store.setItem(key, JSON.stringify(value)) : store.removeItem(key); } catch { /* full or off */ }
}

function read(store, key = KEY) {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
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
  sayOld();
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
  if (!answer.ok) { // too many, or our fault: it is kept here meanwhile
    if (answer.status !== 429) state("failed");
    timer = setTimeout(save, 10_000);
    return;
  }
  const box = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  const place = document.querySelector("[data-draft-state]");
  if (!box || !place) return state("saved");
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

// --- Another text in the editor: an earlier one, the starter, another variant's --------------------

const PUT_IN = `${KEY}:put-in`;

/** Such a form goes as it would without scripts, with what stands here: the server keeps that. */
function puttingIn(event) {
  if (!event.submitter?.matches("[data-put-in]")) return;
  event.stopImmediatePropagation(); // not htmx's: the whole page changes
  clearTimeout(timer);
  write(sessionStorage, { text: area.value }, PUT_IN);
}

/** The address says that the server has done it: what stood here need not be kept in the browser too. */
function afterPuttingIn() {
  const gone = read(sessionStorage, PUT_IN);
  const address = new URL(location.href);
  write(sessionStorage, null, PUT_IN);
  if (!address.searchParams.has("part")) return;
  if (gone && kept()?.text === gone.text) forget();
  address.searchParams.delete("part");
  history.replaceState(history.state, "", address);
}

// --- The verdict ----------------------------------------------------------------------------------

const verdictPane = document.querySelector('.lab-pane[data-part="verdict"]');
let awaited = false; // handed in from this page, and not decided yet
let moved = false; // the reader went on with something else since

/** The verdict says when the editor holds another text than the one it is about. */
function sayOld() {
  for (const note of document.querySelectorAll("[data-old-verdict]")) note.hidden = area.value === judged;
}

function onMove(event) {
  if (!["Control", "Meta", "Shift", "Alt"].includes(event.key) && !event.repeat) moved = true;
}

const link = (shown) => { for (const place of document.querySelectorAll("[data-see-verdict]")) place.hidden = !shown; };

/** Into view; the focus only comes along where it would be lost (the editor is not to be seen, the button is off). */
function bringVerdict() {
  const active = document.activeElement;
  link(false);
  show("verdict");
  if (active === document.body || active?.matches("[data-submit], [data-see-verdict] *") || !active?.checkVisibility()) verdictPane.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  verdictPane.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

/** Who goes on typing or reading is not pulled away: a link says where the verdict is, and the live region what it is. */
function offerVerdict() {
  if (moved) link(true);
  else bringVerdict();
}

function onVerdict() {
  sayTime();
  sayOld();
  markLines();
  if (!awaited || document.querySelector("#verdict [aria-busy]")) return;
  awaited = false;
  offerVerdict();
}

// --- The page -------------------------------------------------------------------------------------

function show(part) {
  const radio = document.querySelector(`.lab-tabs input[value="${part}"]`);
  if (radio) radio.checked = true;
}

function handingIn() {
  sent = area.value;
  moved = false;
}

/** The verdict of the answer before may be on its way: its place on the page is about to be taken. */
function beforeAnswer() {
  window.htmx?.trigger("#verdict", "htmx:abort");
}

/** The draft was saved with it, unless another tab saved meanwhile. */
function handedIn() {
  judged = sent;
  awaited = Boolean(document.querySelector("#verdict [aria-busy]"));
  if (!document.querySelector("[data-draft-state][data-conflict]")) settle(judged);
  sayOld();
  offerVerdict();
}

function submit() {
  form.requestSubmit(form.querySelector("[data-submit], button[type=submit]"));
}

function onClick(event) {
  if (event.target.closest("[data-see-verdict]")) { event.preventDefault(); bringVerdict(); return; }
  const link = event.target.closest("a[data-line], [data-format]");
  if (!link || !editor) return;
  event.preventDefault();
  show("editor");
  if (link.dataset.line) editor.goTo(Number(link.dataset.line), Number(link.dataset.column ?? 1));
  else { editor.format(); editor.focus(); }
}

async function start() {
  sayTime();
  afterPuttingIn();
  catchUp();
  restore();
  sayOld();
  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); } });
  form.addEventListener("submit", puttingIn, true);
  form.addEventListener("htmx:confirm", afterSaving);
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === form) handingIn(); });
  form.addEventListener("htmx:beforeOnLoad", (event) => { if (event.detail.elt === form) beforeAnswer(); });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && event.detail.elt === form) handedIn(); });
  document.addEventListener("click", onClick);
  document.body.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt.id === "verdict") onVerdict(); else sayTime(); });
  for (const name of ["keydown", "pointerdown", "wheel", "touchmove"]) addEventListener(name, onMove, { capture: true, passive: true });
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
