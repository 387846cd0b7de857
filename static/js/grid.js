// The grid of a cohort: one Tab goes into it and one out, and arrow keys go from cell to cell, and up to the names of the
// columns. Without this every cell and every column is a link, and Tab passes all of them.
"use strict";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };
const FAR = 1e6;

const table = document.querySelector("table[data-arrows]");
const rows = [...(table?.rows ?? [])].map((row) => [...row.querySelectorAll("a")]).filter((links) => links.length);
const first = rows.findIndex((links) => links[0].closest("tbody"));
let here = rows[first]?.[0];

function take(link) {
  here.tabIndex = -1;
  here = link;
  here.tabIndex = 0;
}

const columnOf = (link) => link.closest("th, td").cellIndex;

// Not every column of the head is a link.
function below(links, column) {
  return links.find((link) => columnOf(link) >= column) ?? links.at(-1);
}

function stepOf(event) {
  if (event.key === "Home") return [event.ctrlKey ? -FAR : 0, -FAR];
  if (event.key === "End") return [event.ctrlKey ? FAR : 0, FAR];
  return event.ctrlKey ? undefined : STEPS[event.key];
}

const within = (number, most, least = 0) => Math.min(Math.max(number, least), most);

function onKey(event) {
  const step = stepOf(event);
  const link = event.target.closest("a");
  if (!step || !link || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = rows.findIndex((links) => links.includes(link));
  const least = event.key === "ArrowUp" || !step[0] ? 0 : first; // the head is a step up, and no leap
  const to = rows[within(row + step[0], rows.length - 1, least)];
  const from = step[0] ? to.indexOf(below(to, columnOf(link))) : to.indexOf(link);
  take(to[within(from + step[1], to.length - 1)]);
  here.focus();
}

if (here) {
  for (const links of rows) for (const link of links) link.tabIndex = -1;
  here.tabIndex = 0;
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", (event) => event.target.closest("a") && take(event.target.closest("a")));
}
