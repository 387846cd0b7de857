// The grid of a cohort: one Tab goes into it and one out, and arrow keys go from cell to cell. Without this every cell is a
// link, and Tab passes all of them.
"use strict";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };
const FAR = 1e6;

const table = document.querySelector("table[data-arrows]");
const rows = [...(table?.tBodies[0].rows ?? [])].map((row) => row.querySelectorAll("a"));
let here = rows[0]?.[0];

function take(link) {
  here.tabIndex = -1;
  here = link;
  here.tabIndex = 0;
}

function at(link) {
  const row = rows.findIndex((links) => links[0].closest("tr") === link.closest("tr"));
  return [row, [...rows[row]].indexOf(link)];
}

function stepOf(event) {
  if (event.key === "Home") return [event.ctrlKey ? -FAR : 0, -FAR];
  if (event.key === "End") return [event.ctrlKey ? FAR : 0, FAR];
  return event.ctrlKey ? undefined : STEPS[event.key];
}

const within = (number, most) => Math.min(Math.max(number, 0), most);

function onKey(event) {
  const step = stepOf(event);
  const link = event.target.closest("tbody a");
  if (!step || !link || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [row, column] = at(link);
  const to = rows[within(row + step[0], rows.length - 1)];
  take(to[within(column + step[1], to.length - 1)]);
  here.focus();
}

if (here) {
  for (const links of rows) for (const link of links) link.tabIndex = -1;
  here.tabIndex = 0;
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", (event) => event.target.closest("tbody a") && take(event.target.closest("tbody a")));
}
