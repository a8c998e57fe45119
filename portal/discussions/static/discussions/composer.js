// What one writes: shown at once, sent once. A message carries an id made here, so that sending it again is
// harmless; until the server has answered it is "sending", and after a while "not sent", with a way to try again.

import { Names } from "./names.js";

const ANSWER_WITHIN = 10_000;
const MESSAGE_WITHIN = 3_000;
const TYPING_EVERY = 2_500;

const touch = matchMedia("(pointer: coarse)");

export class Composer {
  constructor(form, room) {
    this.form = form;
    this.room = room;
    this.text = form.elements.text;
    this.pending = new Map(); // id → { text, article, timer, ref }
    this.draft = `draft ${room.section.dataset.topic}`;
    this.text.value ||= sessionStorage.getItem(this.draft) ?? "";
    this.typedAt = 0;
    this.names = new Names(this.text, room);
    form.querySelector("[data-unanswer]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.answer(null);
      this.text.focus();
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    if (event.defaultPrevented || event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  // What is written next answers this message, or none.
  answer(article) {
    const line = this.form.querySelector("[data-answering]");
    if (!line || this.room.section.dataset.thread) return;
    this.form.elements.reply_to.value = article?.dataset.seq ?? "";
    line.hidden = !article;
    if (!article) return;
    const name = article.querySelector("[data-author]").textContent.trim();
    line.querySelector("[data-answered]").textContent = this.room.words.answered.replace("{name}", name);
    this.text.focus();
  }

  changed() {
    sessionStorage.setItem(this.draft, this.text.value);
    if (!this.text.value || Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.room.line?.typing();
  }

  submitted(event) {
    if (!this.room.log.atNewest) return; // reading old messages: the plain way leads to the new one
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.typedAt = 0;
    sessionStorage.removeItem(this.draft);
    this.say(text, Number(this.form.elements.reply_to?.value) || null);
    this.answer(null);
    this.text.focus();
  }

  say(text, answers) {
    const id = crypto.randomUUID?.() ?? this.form.elements.client_id.value;
    const article = this.draw(id, text);
    this.pending.set(id, { text, article, answers });
    this.room.log.element.querySelector("[data-empty]")?.remove();
    this.room.log.element.append(article);
    this.room.log.toEnd();
    this.send(id);
  }

  draw(id, text) {
    const { me } = this.room.section.dataset;
    const author = { id: me, ...this.myself() };
    const article = this.room.log.blank(author, new Date().toISOString());
    article.dataset.id = id;
    article.dataset.state = "sending";
    const paragraph = this.room.log.note("message__plain", text);
    const note = this.room.log.note("message__note", this.room.words.sending);
    article.querySelector("[data-body]").append(paragraph, note);
    return article;
  }

  myself() {
    const { myName, myInitials, myHue } = this.room.section.dataset;
    return { name: myName, initials: myInitials, hue: myHue };
  }

  send(id) {
    const waiting = this.pending.get(id);
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.failed(id, this.room.words.failed), ANSWER_WITHIN);
    waiting.article.dataset.state = "sending";
    waiting.article.querySelector(".message__note").textContent = this.room.words.sending;
    waiting.ref = this.room.line?.send(id, waiting.text, waiting.answers) || null;
  }

  // After a cut: whatever was not answered goes out again.
  resend() {
    for (const id of this.pending.keys()) this.send(id);
  }

  retry(id) {
    this.send(id);
    if (!this.pending.get(id)?.ref) this.post(id);
  }

  // Without a socket the message goes by the form's own road.
  async post(id) {
    const body = new FormData(this.form);
    body.set("text", this.pending.get(id).text);
    body.set("client_id", id);
    body.set("reply_to", this.pending.get(id).answers ?? "");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") return this.failed(id, this.room.words.failed);
      await this.room.log.fetchLater();
      this.settled(id);
    } catch {
      this.failed(id, this.room.words.failed);
    }
  }

  knows(ref) {
    return [...this.pending.values()].some((waiting) => waiting.ref && waiting.ref === ref);
  }

  // Taken in; the message itself comes, or came, like everybody's.
  acknowledged({ id, seq }) {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.article.querySelector(".message__note").textContent = "";
    if (seq <= this.room.log.seq) return this.settled(id);
    waiting.timer = setTimeout(() => this.room.log.fetchLater().then(() => this.settled(id)), MESSAGE_WITHIN);
  }

  // The message is in the log: what stood in for it goes.
  settled(id) {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.article.remove();
    this.pending.delete(id);
  }

  refused({ code, ref }) {
    for (const [id, waiting] of this.pending) {
      if (waiting.ref !== ref) continue;
      const words = { too_fast: this.room.words.tooFast, too_large: this.room.words.tooLarge, closed: this.room.words.closed,
        locked: this.room.words.locked, muted: this.room.words.muted, watched: this.room.words.watched };
      this.failed(id, words[code] ?? this.room.words.failed);
    }
  }

  failed(id, words) {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.article.dataset.state = "failed";
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "message__retry";
    retry.textContent = this.room.words.retry;
    retry.addEventListener("click", () => this.retry(id));
    waiting.article.querySelector(".message__note").replaceChildren(`${words} `, retry);
  }

  // Nothing more can be said here; what was not sent stays to be copied.
  end() {
    for (const id of this.pending.keys()) this.failed(id, this.room.words.failed);
    this.form.remove();
  }
}
