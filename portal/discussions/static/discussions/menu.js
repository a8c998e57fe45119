// What can be done with a message: the server's own page of it, brought into the log as a menu.

import { float } from "./float.js";

export class Menu {
  constructor(room) {
    this.room = room;
    this.log = room.log.element;
    this.log.addEventListener("click", (event) => this.clicked(event));
    this.log.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close({ back: true }));
    this.log.addEventListener("scroll", () => this.close(), { passive: true });
    document.addEventListener("click", (event) => !event.target.closest(".message-menu, [data-more]") && this.close());
  }

  clicked(event) {
    const link = event.target.closest("a[data-more], a[data-reply]");
    if (!link || event.metaKey || event.ctrlKey) return;
    if (link.matches("[data-more]")) {
      event.preventDefault();
      this.toggle(link);
    } else if (this.room.composer) {
      event.preventDefault();
      const article = link.closest(".message");
      this.close();
      this.room.composer.answer(article);
    }
  }

  async toggle(link) {
    const again = this.link === link;
    this.close();
    if (again) return;
    this.link = link;
    link.setAttribute("aria-expanded", "true");
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok || this.link !== link) return answer?.ok ? undefined : location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.sheet = document.adoptNode(page.querySelector(".message-menu"));
    link.closest(".message__head").after(this.sheet);
    float(this.sheet, link);
    this.sheet.querySelector("button, a")?.focus();
  }

  close({ back = false } = {}) {
    this.sheet?.remove();
    this.link?.removeAttribute("aria-expanded");
    if (back && this.sheet) this.link?.focus();
    this.sheet = this.link = null;
  }

  // Signs and pins: the form goes by itself, and what came of it arrives like everybody's news.
  async submitted(event) {
    const form = event.target.closest("[data-react], [data-pin], [data-marks]");
    if (!form || !this.room.line) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    if (event.submitter?.hasAttribute("aria-pressed")) {
      body.set("on", event.submitter.getAttribute("aria-pressed") === "true" ? "" : "yes");
    }
    this.close({ back: true });
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) this.room.say(this.room.words.failedDeed);
  }
}
