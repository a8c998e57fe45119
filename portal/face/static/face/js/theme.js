// Light or dark, before the first paint: a plain script in the head, kept this small on purpose.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // storage is refused: the system decides
  }
  const show = () => {
    if (root.dataset.theme !== "light" && root.dataset.theme !== "dark") delete root.dataset.theme;
    root.dataset.shown = root.dataset.theme ?? (system.matches ? "dark" : "light");
  };
  root.classList.add("js");
  if (kept) root.dataset.theme = kept;
  show();
  system.addEventListener("change", show);
  document.addEventListener("face:theme", show);
})();
