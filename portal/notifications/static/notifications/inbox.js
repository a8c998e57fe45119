// Keeps the bell's number true on every open page, and says in the corner what has just happened.
import { toast } from "../face/js/toasts.js";
import { join } from "../live/socket.js";

const BETWEEN_TOASTS = 4_000; // a burst of news is one toast; the number tells the rest
let toastedAt = -BETWEEN_TOASTS;

function count(unread) {
  const number = document.querySelector('[data-counter="bell"] [data-count]');
  if (!number) return;
  number.textContent = unread;
  number.hidden = unread === 0;
}

function hear(frame) {
  if (frame.on !== "notice" && frame.on !== "unread") return;
  count(frame.unread);
  if (frame.on === "notice" && performance.now() - toastedAt >= BETWEEN_TOASTS) {
    toastedAt = performance.now();
    toast(frame.subject, "info");
  }
}

join("me", { hear });
