// Messages in the corner: from the page, from a fragment, from a response header, or from another script.
import { each } from "./words.js";

const LINGER = 7000;
const region = () => document.getElementById("toasts");

function dismiss(toast) {
  const held = toast.contains(document.activeElement);
  toast.remove();
  if (held) document.getElementById("main")?.focus();
}

// Good news leaves by itself, unless somebody is reading it; bad news stays until dismissed.
function linger(toast) {
  let timer = 0;
  const go = () => (timer = setTimeout(() => dismiss(toast), LINGER));
  const stay = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, go);
  go();
}

export function dressToasts(root) {
  for (const toast of each(root, ".toast[data-toast]:not([data-ready])")) {
    toast.dataset.ready = "yes";
    if (!["error", "warning"].includes(toast.dataset.toast)) linger(toast);
  }
}

const ICONS = { info: "info", success: "check", warning: "alert", error: "alert" };

// Show `text` in `tone`: info, success, warning or error.
export function toast(text, tone = "info") {
  const copy = document.getElementById("toast-template").content.cloneNode(true).querySelector(".toast");
  const feel = tone === "error" ? "danger" : tone;
  copy.dataset.toast = tone;
  copy.className = `toast tone-${feel}`;
  if (tone === "error") copy.setAttribute("role", "alert");
  copy.querySelector(".toast__words").textContent = text;
  const sign = copy.querySelector("use");
  sign.setAttribute("href", sign.getAttribute("href").replace(/#.*/, `#${ICONS[tone] ?? "info"}`));
  region().append(copy);
  dressToasts(copy);
}

// Take the toasts out of a fragment that is not shown otherwise (an error response); how many there were.
export function adopt(html) {
  const found = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(".toast")];
  for (const each of found) region().append(document.adoptNode(each));
  dressToasts(region());
  return found.length;
}

export function startToasts() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) dismiss(event.target.closest(".toast"));
  });
  document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail.tone));
}
