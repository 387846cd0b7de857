// A lesson being read: which heading is on top (contents list, saved place), and copy buttons on code.
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

if (lesson) {
  addCopyButtons();
  // Before the first scroll the place is the lesson's beginning, or the heading of the address.
  current = decodeURIComponent(window.location.hash.slice(1));
  if (!headings.some((heading) => heading.id === current)) current = "";
  links.get(current)?.setAttribute("aria-current", "location");
  savePlace();
  document.addEventListener("scroll", follow, { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && savePlace());
  window.addEventListener("pagehide", savePlace);
}
