// Times: "3 hours ago" stays true, deadlines show the reader's own zone, countdowns count.
import { each, language, phrase } from "./words.js";

const STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const DAY = 86_400;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const zoned = new Intl.DateTimeFormat(language, {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});

export function ago(moment, now = Date.now()) {
  const seconds = (moment - now) / 1000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative.format(unit === "second" ? 0 : Math.trunc(seconds / size), unit);
}

const two = (number) => String(number).padStart(2, "0");

// Far away in words, the last day to the second.
function left(moment, now) {
  const seconds = Math.floor((moment - now) / 1000);
  if (seconds <= 0) return phrase("over");
  if (seconds >= DAY) return ago(moment, now);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} ${phrase("left")}`;
}

function refresh(root = document) {
  const now = Date.now();
  for (const time of each(root, "time[data-relative]")) time.textContent = ago(Date.parse(time.dateTime), now);
  for (const count of each(root, "[data-countdown]")) {
    const moment = Date.parse(count.dataset.countdown);
    count.textContent = moment > now || moment > now - DAY ? left(moment, now) : ago(moment, now);
  }
}

export function dressTimes(root) {
  for (const time of each(root, "time[data-relative]")) time.title = absolute.format(Date.parse(time.dateTime));
  for (const time of each(root, "time[data-deadline]:not([title])")) {
    time.title = `${zoned.format(Date.parse(time.dateTime))} (${phrase("local")})`;
  }
  refresh(root);
}

export function startTimes() {
  setInterval(() => document.visibilityState === "visible" && refresh(), 1000);
  document.addEventListener("visibilitychange", () => refresh());
}
