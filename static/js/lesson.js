// A lesson being read: which heading is on top (contents list), what was really read (saved place), copy buttons on code, and pictures in steps.
"use strict";

const lesson = document.querySelector("[data-lesson]");
const headings = lesson ? [...lesson.querySelectorAll(".prose :is(h2, h3, h4, h5, h6)[id]")] : [];
const links = new Map(
  [...document.querySelectorAll("[data-contents] a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);

let current = "";

// The last heading that has passed the upper third of the window is the one being read.
function headingBeingRead() {
  const line = window.innerHeight / 3;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
  return passed.length ? passed[passed.length - 1].id : "";
}

function follow() {
  scrolled = true;
  const id = headingBeingRead();
  if (id === current) return;
  links.get(current)?.removeAttribute("aria-current");
  links.get(id)?.setAttribute("aria-current", "location");
  links.get(id)?.scrollIntoView({ block: "nearest" });
  current = id;
}

// --- What was really read ---
// A section counts once it was before the reader's eyes for 20 s, or was scrolled through, not faster than five times as
// quickly as one reads. A glance does not count.

const LONG = 20;
const PIXELS_A_SECOND = 60;
const marks = lesson ? [...lesson.querySelectorAll("[data-section]")] : [];
const sections = marks.map((mark, at) => ({ slug: mark.dataset.section, mark, next: marks[at + 1], seconds: 0, begun: false, ended: false, read: false }));
let scrolled = false;
let last = "";
let unsent = new Set();
let timer = 0;

function look() {
  if (document.visibilityState !== "visible") return;
  const height = window.innerHeight;
  const end = lesson.querySelector(".prose").getBoundingClientRect().bottom;
  for (const section of sections) {
    const top = section.mark.getBoundingClientRect().top;
    const bottom = section.next ? section.next.getBoundingClientRect().top : end;
    const isWhole = top >= 0 && bottom <= height;
    if (section.read || !(isWhole || (top < height * 0.75 && bottom > height * 0.25))) continue;
    section.seconds += 1;
    section.begun ||= top >= 0;
    section.ended ||= scrolled && bottom <= height;
    const least = Math.min(LONG, Math.max(3, (bottom - top) / PIXELS_A_SECOND));
    if (section.seconds >= LONG || (section.begun && section.ended && section.seconds >= least)) noteRead(section);
  }
}

function noteRead(section) {
  section.read = true;
  last = section.slug;
  unsent.add(section.slug);
  const link = links.get(section.slug);
  const sign = link?.closest("[data-contents]").querySelector("template");
  if (sign && !link.querySelector(".read-mark")) link.append(sign.content.cloneNode(true));
  timer ||= window.setTimeout(savePlace, 10000);
}

function savePlace() {
  window.clearTimeout(timer);
  timer = 0;
  const token = lesson.querySelector("[name=csrfmiddlewaretoken]");
  if (!unsent.size || !token) return;
  const sent = unsent;
  unsent = new Set();
  const body = new URLSearchParams([["section", last], ...[...sent].map((slug) => ["read", slug]), ["csrfmiddlewaretoken", token.value]]);
  // keepalive: the request outlives the page, as a beacon would, and carries the session.
  // An ended session answers an htmx request quietly: reading goes on, only the place is not kept.
  fetch(lesson.dataset.placeUrl, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } })
    .then((answer) => answer.ok || Promise.reject(answer.status))
    .catch(() => { unsent = new Set([...sent, ...unsent]); });
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

if (lesson) {
  addCopyButtons();
  lesson.querySelectorAll("[data-steps]").forEach(addStepper);
  // Before the first scroll the place is the lesson's beginning, or the heading of the address.
  current = decodeURIComponent(window.location.hash.slice(1));
  if (!headings.some((heading) => heading.id === current)) current = "";
  links.get(current)?.setAttribute("aria-current", "location");
  window.setInterval(look, 1000);
  document.addEventListener("scroll", follow, { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && savePlace());
  window.addEventListener("pagehide", savePlace);
}
