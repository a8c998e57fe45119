// Calling people by name: after an @, those who can be called are offered as one types.

import { float } from "./float.js";

const BEGUN = /(?:^|\s)@([\p{L}\p{N}][\p{L}\p{N} .'-]{0,30}|)$/u;
const PAUSE = 150;

export class Names {
  constructor(text, room) {
    this.text = text;
    this.room = room;
    this.offered = [];
    this.list = document.createElement("ul");
    this.list.className = "names";
    this.list.id = `${text.id}-names`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", this.list.id);
    text.after(this.list);
    text.addEventListener("input", () => this.typed());
    text.addEventListener("blur", () => setTimeout(() => this.close(), 200));
    text.form.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
  }

  get begun() {
    return this.text.value.slice(0, this.text.selectionStart).match(BEGUN)?.[1] ?? null;
  }

  typed() {
    clearTimeout(this.timer);
    if (this.begun === null) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const { begun } = this;
    if (begun === null) return;
    const url = `${this.room.section.dataset.people}?q=${encodeURIComponent(begun)}`;
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok || begun !== this.begun) return;
    this.show((await answer.json()).people);
  }

  show(people) {
    this.offered = people;
    this.chosen = 0;
    this.list.replaceChildren(...people.map((person, place) => this.option(person, place)));
    this.list.hidden = !people.length;
    if (people.length) float(this.list, this.text, { above: true });
    this.mark();
  }

  option(person, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.textContent = person.name;
    if (!person.sees) {
      const note = document.createElement("span");
      note.textContent = this.room.words.seesNot;
      option.append(" ", note);
    }
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(place);
    });
    return option;
  }

  mark() {
    for (const [place, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(place === this.chosen));
    }
    if (this.list.hidden) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
  }

  pressed(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.offered.length) % this.offered.length;
      this.mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      this.take(this.chosen);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }

  take(place) {
    const person = this.offered[place];
    const end = this.text.selectionStart;
    const start = end - this.begun.length - 1;
    this.text.setRangeText(`${person.written} `, start, end, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    if (!person.sees) this.room.say(this.room.words.unseeing.replace("{people}", person.name));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.offered = [];
    this.mark();
  }
}
