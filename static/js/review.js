// An answer being read by whoever teaches: the arrow keys turn to the one before and the one after, and a click
// on a line begins a comment about it.
"use strict";

// Where arrows have a work of their own: in fields, and in what is scrolled sideways.
const OWN_ARROWS = "input, textarea, select, pre, .scroller, dialog";
const TURN = { ArrowLeft: "prev", ArrowRight: "next" };

function onArrow(event) {
  const link = TURN[event.key] && document.querySelector(`[data-neighbours] a[rel=${TURN[event.key]}]`);
  if (!link || document.body.dataset.shortcuts !== "on") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest?.(OWN_ARROWS)) return;
  event.preventDefault();
  link.click();
}

// Whoever marks words to copy them wants no form.
function onLine(event) {
  const line = event.target.closest?.(".line");
  const form = document.getElementById(event.currentTarget.dataset.commentOn);
  if (!line || !form || String(getSelection())) return;
  form.elements.line.value = line.id.slice(1);
  form.elements.text.focus();
}

document.addEventListener("keydown", onArrow);
document.querySelector("[data-comment-on]")?.addEventListener("click", onLine);
