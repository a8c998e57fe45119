// The search box: suggestions while typing, by arrows or pointer. Without this script it is a plain search form.
import { each } from "./words.js";

const WAIT = 150;
let optionIds = 0;

class Suggestions {
  constructor(form) {
    this.url = form.dataset.search;
    this.input = form.querySelector("input[role=combobox]");
    this.list = form.querySelector("[role=listbox]");
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("focus", () => this.options.length && this.open(true));
    form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || this.open(false));
    // a click on a suggestion must not take the focus (and so close the list) before it lands
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get chosen() {
    return this.list.querySelector('[aria-selected="true"]');
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAIT);
  }

  async ask(words) {
    this.asked?.abort();
    if (words.length < 2) return this.show("");
    this.asked = new AbortController();
    const url = `${this.url}?${new URLSearchParams({ q: words })}`;
    try {
      const answer = await fetch(url, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
      this.show(answer.ok ? await answer.text() : "");
    } catch (error) {
      if (error.name !== "AbortError") this.show("");
    }
  }

  show(html) {
    this.list.innerHTML = html;
    for (const option of this.options) {
      option.id ||= `option-${(optionIds += 1)}`;
      option.setAttribute("aria-selected", "false");
      option.querySelector("a")?.setAttribute("tabindex", "-1");
    }
    this.open(this.options.length > 0 && document.activeElement === this.input);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.choose(null);
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const options = this.options;
    const places = options.length + 1; // the last place is the input itself
    const at = options.indexOf(this.chosen);
    const next = ((at < 0 ? options.length : at) + step + places) % places;
    this.choose(options[next] ?? null);
  }

  onKey(event) {
    if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.open(false);
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      location.assign(this.chosen.querySelector("a").href);
    } else if (this.options.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.open(true);
      this.move(event.key === "ArrowDown" ? 1 : -1);
    }
  }
}

export function dressSearch(root) {
  for (const form of each(root, "form[data-search]:not([data-ready])")) {
    form.dataset.ready = "yes";
    new Suggestions(form);
  }
}

// "/" goes to the search box from wherever one is not writing.
export function startSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const input = [...document.querySelectorAll("[data-search] input")].find((each) => each.checkVisibility());
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
