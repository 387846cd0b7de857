// What every page shares: theme, toasts, shortcuts, and plain words when the line or the session is lost.

const root = document.documentElement;
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false]), .cm-editor";

// --- Theme ---------------------------------------------------------------------------------------

function stored(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function showTheme(choice) {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

function chooseTheme(choice) {
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
  try { choice === "auto" ? localStorage.removeItem("theme") : localStorage.setItem("theme", choice); } catch { /* this page only */ }
  showTheme(choice);
}

// --- Toasts --------------------------------------------------------------------------------------

const toasts = document.getElementById("toasts");

export function toast(text, tone = "info") {
  if (!toasts) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.tone = tone;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", toasts.dataset.closeLabel ?? "✕");
  close.textContent = "✕";
  box.append(words, close);
  toasts.append(box);
  leaveLater(box);
}

function leaveLater(box) {
  // Whoever reads slowly or needs to act on bad news is not hurried.
  if (["danger", "bad", "error", "warning", "warn"].includes(box.dataset.tone)) return;
  setTimeout(() => box.matches(":hover, :focus-within") ? leaveLater(box) : box.remove(), 8000);
}

// --- Keyboard ------------------------------------------------------------------------------------

const KEYS = {
  "?": () => document.getElementById("shortcuts")?.showModal(),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
  c: () => document.querySelector("[data-shortcut=complete], [data-complete]")?.click(),
  e: () => (document.querySelector(".cm-content") ?? document.querySelector("textarea.answer"))?.focus(),
  j: () => goToSection(1),
  k: () => goToSection(-1),
  b: () => inLesson("[data-section]").filter(([, top]) => top < innerHeight / 2).at(-1)?.[0].querySelector(".margin-open")?.click(),
  "/": openSearch,
};

// What a lesson has of this, each with how far below the window's upper edge it is.
function inLesson(selector) {
  return [...document.querySelectorAll(`[data-lesson] .prose ${selector}`)].map((found) => [found, found.getBoundingClientRect().top]);
}

// Below the page's header, where a heading stands that one has gone to.
function goToSection(step) {
  const headings = inLesson(":is(h2, h3, h4, h5, h6)[id]");
  const [heading] = (step > 0 ? headings.find(([, top]) => top > 80) : headings.filter(([, top]) => top < 64).at(-1)) ?? [];
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ behavior: "instant" });
}

function onKey(event) {
  if (isSearchChord(event)) return event.preventDefault(), openSearch();
  if (document.body.dataset.shortcuts !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

// --- Search --------------------------------------------------------------------------------------

const search = document.getElementById("search");

// A chord works while one types, and when single keys are switched off; an editor that uses it goes first.
function isSearchChord(event) {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  return chord && search && !event.defaultPrevented && !document.querySelector("dialog[open]");
}

// The link leads to the page for whoever wants a new tab.
function onSearchLink(event) {
  if (!search || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSearch();
}

function openSearch() {
  if (!search) return;
  search.showModal();
  search.querySelector("input").select();
}

function onSearchKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [...search.querySelectorAll("input, #search-results a")];
  event.preventDefault();
  stops[stops.indexOf(document.activeElement) + step]?.focus();
}

// A result on this very page loads nothing: the dialog has to go by itself.
function onSearchClick(event) {
  if (event.target.closest("#search-results a, [data-closes]") || event.target === search) search.close();
}

// --- Clicks --------------------------------------------------------------------------------------

// Of what a terminal shows, only what was typed: lines after a prompt, and those that a backslash goes on with.
function typed(text) {
  let goesOn = false;
  const lines = text.split("\n").filter((line) => {
    const taken = goesOn || line.startsWith("$ ");
    goesOn = taken && line.endsWith("\\");
    return taken;
  });
  return lines.map((line) => line.replace(/^\$ /, "")).join("\n");
}

async function copy(button) {
  const code = button.closest(".code, .highlight")?.querySelector("pre");
  if (!code) return;
  try {
    await navigator.clipboard.writeText(code.querySelector(".gp") ? typed(code.innerText) : code.innerText);
    toast(toasts?.dataset.copied ?? "✓", "ok");
  } catch { /* no permission: the text can still be selected */ }
}

function onClick(event) {
  const target = event.target.closest?.("[data-theme-choice], [data-dismiss], button[data-copy], [data-opens], [data-opens-search], [popover] a[href^='#']");
  if (!target) return;
  if ("opensSearch" in target.dataset) onSearchLink(event);
  else if (target.dataset.themeChoice) chooseTheme(target.dataset.themeChoice);
  else if ("dismiss" in target.dataset) target.closest(".toast, .callout")?.remove();
  else if ("copy" in target.dataset) copy(target);
  else if (target.dataset.opens) document.getElementById(target.dataset.opens)?.showModal();
  else { const drawer = target.closest("[popover]"); if (drawer.matches(":popover-open")) drawer.hidePopover(); }
}

// --- htmx ----------------------------------------------------------------------------------------

function say(name, tone) {
  const words = toasts?.dataset[name];
  if (words && !toasts.querySelector(`[data-about="${name}"]`)) {
    toast(words, tone);
    toasts.lastElementChild.dataset.about = name;
  }
}

function onTrouble(event) {
  if (event.type === "htmx:sendError" || event.type === "htmx:timeout") return say("lost", "warn");
  const status = event.detail?.xhr?.status;
  say({ 403: "expired", 429: "slow", 503: "unsaved" }[status] ?? "failed", "bad");
}

function onToast(event) {
  const said = event.detail?.value ?? event.detail;
  for (const { text, tone } of Array.isArray(said) ? said : [said]) if (text) toast(text, tone);
}

// A tick appears at once; the server's answer replaces it, or takes it back.
function onBefore(event) { event.target.closest?.("[data-optimistic]")?.setAttribute("data-pending", ""); }
function onAfter(event) { event.target.closest?.("[data-optimistic]")?.removeAttribute("data-pending"); }

document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
search?.addEventListener("keydown", onSearchKey);
search?.addEventListener("click", onSearchClick);
document.body.addEventListener("toast", onToast);
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.body.addEventListener(name, onTrouble);
document.body.addEventListener("htmx:beforeRequest", onBefore);
document.body.addEventListener("htmx:afterRequest", onAfter);
addEventListener("offline", () => say("lost", "warn"));
addEventListener("online", () => toasts?.querySelectorAll("[data-about=lost], [data-about=cached]").forEach((box) => box.remove()));
if (!navigator.onLine) say("cached", "warn");
showTheme(stored("theme") ?? "auto");
for (const box of document.querySelectorAll(".toast")) leaveLater(box);
if ("serviceWorker" in navigator && root.dataset.worker !== "off") {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
