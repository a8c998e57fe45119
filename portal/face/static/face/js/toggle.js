// The button that turns light into dark and back; the choice is remembered on this device.
export function startTheme() {
  const root = document.documentElement;
  const tell = () => {
    const dark = String(root.dataset.shown === "dark");
    for (const button of document.querySelectorAll("[data-theme-toggle]")) button.setAttribute("aria-pressed", dark);
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = root.dataset.shown === "dark" ? "light" : "dark";
    document.dispatchEvent(new CustomEvent("face:theme"));
    tell();
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // remembered for this page only
    }
  });
  tell();
}
