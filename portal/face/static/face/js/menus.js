// Things that unfold: [data-disclose] buttons, and <details data-menu> that close when one turns away.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

function disclose(button, open) {
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls"))?.toggleAttribute("data-open", open);
}

function onClick(event) {
  const button = event.target.closest("[data-disclose]");
  if (button) disclose(button, button.getAttribute("aria-expanded") !== "true");
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const button = document.querySelector('[data-disclose][aria-expanded="true"]');
  if (button) {
    disclose(button, false);
    button.focus();
  }
}

function onFocus(event) {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
}

export function startMenus() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("focusin", onFocus);
}
