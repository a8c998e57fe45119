// Forms: sent once, never lost by a slip, and the errors are where the eyes are.
import { each } from "./words.js";

const dirty = new Set();

const guarded = (form) => form instanceof HTMLFormElement && form.hasAttribute("data-guard");

function buttonsOf(form) {
  return [...form.elements].filter((each) => each.type === "submit");
}

// After the browser (or htmx) has taken the values: a disabled button would not be sent with them.
function lock(form) {
  setTimeout(() => {
    for (const button of buttonsOf(form)) {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    }
  });
}

export function unlock(form) {
  for (const button of buttonsOf(form)) {
    if (button.getAttribute("aria-busy") !== "true") continue;
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
  delete form.dataset.sent;
}

function onSubmit(event) {
  const form = event.target;
  const method = (event.submitter?.formMethod || form.method).toLowerCase();
  if (method !== "post" || event.defaultPrevented && !form.matches("[hx-post], [data-hx-post]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  dirty.delete(form);
  lock(form);
}

function onLeave(event) {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size) event.preventDefault();
}

function onShow() {
  for (const form of document.querySelectorAll("form[data-sent]")) unlock(form);
}

export function startForms() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", ({ target }) => guarded(target.form) && dirty.add(target.form));
  document.addEventListener("reset", ({ target }) => dirty.delete(target));
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    const form = target.closest?.("form");
    if (form) unlock(form);
  });
  addEventListener("beforeunload", onLeave);
  addEventListener("pageshow", onShow);
}

// "1,204 / 2,000" under a text that has a limit.
function count(text) {
  const limit = text.maxLength;
  const note = document.createElement("div");
  note.className = "field__count";
  note.setAttribute("aria-hidden", "true");
  const say = () => {
    note.textContent = `${text.value.length.toLocaleString()} / ${limit.toLocaleString()}`;
    note.hidden = text.value.length < limit * 0.6;
  };
  text.after(note);
  text.addEventListener("input", say);
  say();
}

export function dressForms(root) {
  for (const text of each(root, ".field textarea[maxlength]:not([data-counted])")) {
    text.dataset.counted = "yes";
    count(text);
  }
  for (const summary of each(root, "[data-focus]")) summary.focus();
}

