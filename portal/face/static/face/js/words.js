// The translated phrases that the base template leaves for scripts.
export function phrase(name) {
  return document.getElementById("phrases")?.dataset[name] ?? "";
}

export const language = document.documentElement.lang || "en";

// All elements under `root` that match, `root` itself included.
export function* each(root, selector) {
  if (root instanceof Element && root.matches(selector)) yield root;
  yield* root.querySelectorAll(selector);
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte"];

// 1300000 → "1.3 MB", as the reader's language writes it.
export function fileSize(bytes) {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const style = { style: "unit", unit: units[power], unitDisplay: power ? "short" : "long", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, style).format(bytes / 1024 ** power);
}
