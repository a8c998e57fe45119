// Tabs after the ARIA pattern. Without this script the panels simply follow one another under their headings.
import { each } from "./words.js";

let made = 0;

function tabFor(panel) {
  const tab = document.createElement("button");
  panel.id ||= `panel-${(made += 1)}`;
  Object.assign(tab, { type: "button", className: "tabs__tab", id: `tab-${panel.id}`, textContent: panel.dataset.title });
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  panel.tabIndex = 0;
  if (panel.dataset.count) {
    const count = document.createElement("span");
    count.className = "tabs__count";
    count.textContent = panel.dataset.count;
    tab.append(count);
  }
  return tab;
}

const KEYS = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (at, count) => count - 1,
};

// The panel that the address names, or that holds what it names; -1 for none.
function named(panels) {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return target ? panels.findIndex((panel) => panel.contains(target)) : -1;
}

function listOf(tabs, label) {
  const list = document.createElement("div");
  list.className = "tabs__list";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  list.append(...tabs);
  return list;
}

function dressOne(frame) {
  const panels = [...frame.querySelectorAll(":scope > .tabs__panel")];
  const tabs = panels.map(tabFor);
  const list = listOf(tabs, frame.dataset.tabs);
  const choose = (chosen) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
      panels[at].hidden = at !== chosen;
    });
  };
  list.addEventListener("click", (event) => {
    const at = tabs.indexOf(event.target.closest("[role=tab]"));
    if (at < 0) return;
    choose(at);
    history.replaceState(history.state, "", `#${panels[at].id}`);
  });
  list.addEventListener("keydown", (event) => {
    const next = KEYS[event.key]?.(tabs.indexOf(document.activeElement), tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    tabs[next].focus();
  });
  frame.prepend(list);
  frame.dataset.ready = "yes";
  choose(Math.max(0, named(panels)));
  addEventListener("hashchange", () => named(panels) >= 0 && choose(named(panels)));
}

export function dressTabs(root) {
  for (const frame of each(root, "[data-tabs]:not([data-ready])")) dressOne(frame);
}
