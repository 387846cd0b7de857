// A code editor in the place of a textarea. It knows languages, marks and words; it knows nothing of the portal:
// what to complete and which marks to show is handed in.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  StreamLanguage, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { forceLinting, lintGutter, lintKeymap, linter } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { formatJson } from "./format.js";
import { jsonPath } from "./path.js";

// What a verdict said about lines. A mark moves with its line and goes when somebody edits there.
const setLineMarks = StateEffect.define();
const lineMarks = StateField.define({
  create: () => [],
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setLineMarks)) return effect.value;
    if (!transaction.docChanged) return marks;
    const { changes } = transaction;
    return marks.filter(({ from, to }) => !changes.touchesRange(from, to))
      .map((mark) => ({ ...mark, from: changes.mapPos(mark.from), to: changes.mapPos(mark.to) }));
  },
});
const lineMarksChanged = (update) => update.startState.field(lineMarks) !== update.state.field(lineMarks);

const LANGUAGES = { json, yaml, shell: () => StreamLanguage.define(shell) };

/**
 * Replace `textarea` by an editor and keep its value up to date, so that the form still sends it.
 * `marks(text)` promises [{line, column, message, severity}], counted from 1 in characters; `complete({path, explicit, word,
 * text})` promises options for the place of the cursor; `changed()` is called after every edit.
 */
export function createEditor(textarea, { language, nonce, phrases = {}, marks, complete, changed, submit }) {
  const view = new EditorView({
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        nonce ? EditorView.cspNonce.of(nonce) : [],
        EditorState.phrases.of(phrases),
        lineNumbers(), foldGutter(), highlightActiveLineGutter(), highlightActiveLine(), drawSelection(),
        history(), indentOnInput(), indentUnit.of("  "), bracketMatching(), closeBrackets(),
        LANGUAGES[language]?.() ?? EditorView.lineWrapping,
        syntaxHighlighting(classHighlighter),
        autocompletion({ icons: false, override: complete ? [(context) => completions(context, language, complete)] : undefined }),
        lineMarks, lintGutter(),
        linter((editor) => diagnostics(editor, marks), { delay: 500, needsRefresh: lineMarksChanged }),
        keymap.of([
          { key: "Mod-Enter", run: () => { submit?.(); return true; } },
          ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap,
          ...foldKeymap, ...lintKeymap, indentWithTab,
        ]),
        EditorView.contentAttributes.of(labels(textarea)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          changed?.();
        }),
      ],
    }),
  });
  textarea.before(view.dom);
  textarea.hidden = true;
  return {
    view,
    focus: () => view.focus(),
    relint: () => forceLinting(view),
    markLines: (found) => markLines(view, found),
    goTo: (line, column = 1) => goTo(view, line, column),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    format: () => format(view, language),
  };
}

function labels(textarea) {
  const attributes = { "aria-multiline": "true", tabindex: "0", autocapitalize: "off", spellcheck: "false" };
  const label = textarea.labels?.[0]?.textContent.trim() || textarea.getAttribute("aria-label");
  if (label) attributes["aria-label"] = label;
  if (textarea.getAttribute("aria-describedby")) attributes["aria-describedby"] = textarea.getAttribute("aria-describedby");
  return attributes;
}

/** The offset of a line and column; columns count characters, while the editor counts UTF-16 units. */
function offset(doc, line, column) {
  const row = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
  return row.from + [...row.text].slice(0, Math.max((column || 1) - 1, 0)).join("").length;
}

function goTo(view, line, column) {
  const at = offset(view.state.doc, line, column);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}

/** Marks whole lines, [{line, message, severity}]; an empty list clears them. */
function markLines(view, found) {
  const { doc } = view.state;
  const marks = found.filter(({ line }) => line <= doc.lines).map(({ line, message, severity }) => {
    const { from, to, text } = doc.line(line);
    return { from: from + text.search(/\S|$/), to, message, severity };
  });
  if (!marks.length && !view.state.field(lineMarks).length) return;
  view.dispatch({ effects: setLineMarks.of(marks) });
  forceLinting(view);
}

/** The server's marks of this text and the verdict's; what both say is said once. */
async function diagnostics(view, marks) {
  const { doc } = view.state;
  const found = marks ? placed(doc, await marks(doc.toString())) : [];
  const said = new Set(found.map(({ from, message }) => `${doc.lineAt(from).number} ${message}`));
  const verdict = view.state.doc === doc ? view.state.field(lineMarks) : [];
  return [...found, ...verdict.filter(({ from, message }) => !said.has(`${doc.lineAt(from).number} ${message}`))];
}

function placed(doc, found) {
  return found.map(({ line, column, message, severity }) => {
    const from = Math.min(offset(doc, line, column), doc.length);
    const word = /^[\w.:*/-]+|^"[^"\n]*"?|^./.exec(doc.lineAt(from).text.slice(from - doc.lineAt(from).from));
    return { from, to: Math.min(from + (word ? word[0].length : 0), doc.length), message, severity: severity ?? "error" };
  });
}

async function completions(context, language, complete) {
  const word = context.matchBefore(/[\w.:*/${}-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const path = language === "json" ? jsonPath(context.state, context.pos) : null;
  const { explicit } = context;
  const options = await complete({ path, explicit, word: word.text, text: context.state.doc.toString() });
  // A word that is complete needs no list, and Enter after it means a new line.
  if (!options?.length || (!explicit && options.some(({ label }) => label === word.text))) return null;
  return { from: word.from, options };
}

function format(view, language) {
  if (language !== "json") return;
  const before = view.state.doc.toString();
  const after = formatJson(before);
  if (after === before) return;
  const line = view.state.doc.lineAt(view.state.selection.main.head).number;
  view.dispatch({ changes: { from: 0, to: before.length, insert: after } });
  view.dispatch({ selection: { anchor: view.state.doc.line(Math.min(line, view.state.doc.lines)).from } });
}
