// htmx: a refusal becomes a toast, a lost connection is said, and nothing else of the page changes.
import { adopt, toast } from "./toasts.js";
import { phrase } from "./words.js";

export function startFragments() {
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (!adopt(detail.xhr.responseText)) toast(phrase("failed"), "error");
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => toast(phrase("offline"), "error"));
  }
}
