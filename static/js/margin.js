// Notes beside a section: in the lesson, and on the page that a link opens before htmx has taken it over.

// A note that is being typed as the page is left: htmx saves a moment after the last key, which may be too late.
function saveNotes() {
  for (const form of document.querySelectorAll(".margin-form")) {
    const { text } = form.elements;
    if (text.value === text.defaultValue) continue;
    const body = new URLSearchParams([...new FormData(form), ["typing", "1"]]);
    fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  }
}

// A note that is opened again goes on where it ended: a browser puts the caret before its first word.
function goOnAtTheEnd(note) {
  if (!note?.matches?.(".margin-form [autofocus]")) return;
  note.removeAttribute("autofocus"); // once: whoever comes back finds the caret where they left it
  note.setSelectionRange(note.value.length, note.value.length);
}

goOnAtTheEnd(document.activeElement); // a browser may have put the caret before this file arrived
document.addEventListener("focusin", (event) => goOnAtTheEnd(event.target));
window.addEventListener("pagehide", saveNotes);
