// A lesson being read: which heading is on top (contents list, saved place), copy buttons on code, and pictures in steps.
"use strict";

const lesson = document.querySelector("[data-lesson]");
const headings = lesson ? [...lesson.querySelectorAll(".prose :is(h2, h3, h4, h5, h6)[id]")] : [];
const links = new Map(
  [...document.querySelectorAll("[data-contents] a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);

let current = "";
let saved = null;
let timer = 0;

// The last heading that has passed the upper third of the window is the one being read.
function headingBeingRead() {
  const line = window.innerHeight / 3;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
  return passed.length ? passed[passed.length - 1].id : "";
}

function follow() {
  const id = headingBeingRead();
  if (id === current) return;
  links.get(current)?.removeAttribute("aria-current");
  links.get(id)?.setAttribute("aria-current", "location");
  links.get(id)?.scrollIntoView({ block: "nearest" });
  current = id;
  window.clearTimeout(timer);
  timer = window.setTimeout(savePlace, 4000);
}

function savePlace() {
  if (saved === current) return;
  const token = lesson.querySelector("[name=csrfmiddlewaretoken]");
  if (!token) return;
  const body = new URLSearchParams({ section: current, csrfmiddlewaretoken: token.value });
  saved = current;
  // keepalive: the request outlives the page, as a beacon would, and carries the session.
  // An ended session answers an htmx request quietly: reading goes on, only the place is not kept.
  fetch(lesson.dataset.placeUrl, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {
    saved = null;
  });
}

// portal.js copies on click; the button is made here because without scripts it would do nothing.
function addCopyButtons() {
  if (!navigator.clipboard) return;
  for (const block of lesson.querySelectorAll(".prose .highlight")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small copy";
    button.dataset.copy = "";
    button.textContent = lesson.dataset.copyLabel;
    block.append(button);
  }
}

// The steps of a process: one at a time, as the reader presses; without scripts they stand below each other.
function addStepper(figure) {
  const steps = [...figure.querySelectorAll(":scope > ol > li")];
  const bar = document.createElement("div");
  bar.className = "stepper";
  bar.lang = document.documentElement.lang;
  const [back, next] = ["backLabel", "nextLabel"].map((label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = lesson.dataset[label];
    return button;
  });
  const status = document.createElement("p");
  const place = document.createElement("span");
  const said = document.createElement("span");
  said.lang = "en";
  place.className = "muted";
  status.setAttribute("role", "status");
  status.append(place, " ", said);
  bar.append(back, next, status);
  figure.querySelector(":scope > ol").after(bar);

  function show(at) {
    figure.dataset.at = at + 1;
    steps.forEach((step, number) => (number === at ? step.setAttribute("aria-current", "step") : step.removeAttribute("aria-current")));
    place.textContent = `${lesson.dataset.stepLabel.replace("{n}", at + 1).replace("{m}", steps.length)}.`;
    said.textContent = steps[at].querySelector("p").textContent;
    // Not `disabled`: a button that is switched off under the finger loses the keyboard's place.
    back.setAttribute("aria-disabled", at === 0);
    next.setAttribute("aria-disabled", at === steps.length - 1);
  }
  const move = (by) => show(Math.min(Math.max(Number(figure.dataset.at) - 1 + by, 0), steps.length - 1));
  back.addEventListener("click", () => move(-1));
  next.addEventListener("click", () => move(1));
  show(0);
}

// A note that is being typed as the page is left: htmx saves a moment after the last key, which may be too late.
function saveNotes() {
  for (const form of document.querySelectorAll(".margin-form")) {
    const { text } = form.elements;
    if (text.value === text.defaultValue) continue;
    const body = new URLSearchParams([...new FormData(form), ["typing", "1"]]);
    fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  }
}

if (lesson) {
  addCopyButtons();
  lesson.querySelectorAll("[data-steps]").forEach(addStepper);
  // Before the first scroll the place is the lesson's beginning, or the heading of the address.
  current = decodeURIComponent(window.location.hash.slice(1));
  if (!headings.some((heading) => heading.id === current)) current = "";
  links.get(current)?.setAttribute("aria-current", "location");
  savePlace();
  document.addEventListener("scroll", follow, { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && savePlace());
  window.addEventListener("pagehide", savePlace);
  window.addEventListener("pagehide", saveNotes);
}
