// Live verdicts: an element with data-live="/events/…" hears when it should fetch itself again (htmx's trigger "live").
// When the line is lost EventSource comes back by itself; meanwhile the page says so, and looks every 30 s.

const streams = new Map();
const FINAL = ["graded", "faulted"];

const waiting = (address) => document.querySelectorAll(`[data-live="${CSS.escape(address)}"]`);

function close(address) {
  streams.get(address)?.close();
  streams.delete(address);
}

function sayLost(address, lost) {
  for (const element of waiting(address)) {
    for (const words of element.querySelectorAll("[data-live-lost]")) words.hidden = !lost;
  }
}

function onState(address, state) {
  sayLost(address, false);
  for (const element of waiting(address)) htmx.trigger(element, "live");
  if (FINAL.includes(state)) close(address);
}

function listen(address) {
  const stream = new EventSource(address);
  streams.set(address, stream);
  stream.addEventListener("state", (event) => onState(address, event.data));
  stream.addEventListener("open", () => sayLost(address, false));
  stream.addEventListener("error", () => sayLost(address, stream.readyState !== EventSource.OPEN));
}

function look() {
  for (const address of streams.keys()) if (!waiting(address).length) close(address);
  for (const element of document.querySelectorAll("[data-live]")) {
    if (!streams.has(element.dataset.live)) listen(element.dataset.live);
  }
}

document.body.addEventListener("htmx:afterSettle", look);
addEventListener("pagehide", () => { for (const address of [...streams.keys()]) close(address); });
addEventListener("pageshow", look);
look();
