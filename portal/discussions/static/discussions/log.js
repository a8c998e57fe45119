// A room's log: messages in the order of their numbers, each once; history fetched as the reader scrolls.

import { Changes } from "./changes.js";

const NEAR = 80; // pixels from the end that still count as being there

export class Log {
  constructor(section, words, onFollowed) {
    this.section = section;
    this.words = words;
    this.onFollowed = onFollowed;
    this.element = section.querySelector("[data-log]");
    this.template = section.querySelector("template[data-message]");
    this.seq = Number(section.dataset.seq) || 0;
    this.first = Number(section.dataset.first) || 0;
    this.changes = new Changes(Number(section.dataset.rev) || 0);
    this.atNewest = !section.dataset.later;
    this.followed = this.atNewest;
    this.older = section.querySelector("[data-older]");
    this.newer = section.querySelector("[data-newer]");
    if (this.atNewest && !location.hash.startsWith("#message-")) this.toEnd();
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.older?.addEventListener("click", (event) => this.clicked(event, () => this.fetchEarlier()));
    this.newer?.addEventListener("click", (event) => this.clicked(event, () => this.fetchLater()));
  }

  clicked(event, act) {
    event.preventDefault();
    act();
  }

  // --- where the reader is

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.followed = true;
    this.jump?.remove();
    this.jump = null;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    this.followed = this.atNewest && scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.followed) {
      this.jump?.remove();
      this.jump = null;
      this.onFollowed();
    }
    if (this.older && scrollTop < NEAR) this.fetchEarlier();
    if (this.newer && scrollHeight - scrollTop - clientHeight < NEAR) this.fetchLater();
  }

  offerJump() {
    if (this.jump) return;
    this.jump = document.createElement("button");
    this.jump.type = "button";
    this.jump.className = "chat__jump button button--small";
    this.jump.textContent = this.words.jump;
    this.jump.addEventListener("click", () => {
      this.toEnd();
      this.onFollowed();
      this.element.focus();
    });
    this.element.after(this.jump);
  }

  // --- what comes

  arrived(frame) {
    if (!this.atNewest || frame.seq <= this.seq) return;
    if (frame.seq > this.seq + 1) return this.fetchLater();
    this.seq = frame.seq;
    this.countAnswer(frame.reply_to);
    if (this.section.dataset.thread && frame.reply_to?.seq !== Number(this.section.dataset.thread)) return;
    const mine = frame.author.id === this.section.dataset.me;
    this.mindUnread(mine);
    this.insert(this.draw(frame));
    if (this.followed || mine) this.toEnd();
    else this.offerJump();
    if (this.followed) this.onFollowed();
  }

  // One more answer to a message that is here.
  countAnswer(answered) {
    const article = answered && this.element.querySelector(`.message[data-seq="${Number(answered.seq)}"]`);
    if (!article || article.querySelector(".message__gone") || this.section.dataset.thread) return;
    const count = Number(article.dataset.answers ?? article.querySelector(".message__thread")?.textContent.match(/\d+/) ?? 0) + 1;
    article.dataset.answers = count;
    article.querySelector(".message__thread")?.remove();
    const words = count === 1 ? this.words.answersOne : this.words.answersMany.replace("{count}", count);
    const note = this.note("message__thread", "");
    note.append(this.link(this.pageOf(answered.seq, "thread/"), words));
    article.querySelector("[data-body]").append(note);
  }

  mindUnread(mine) {
    this.element.querySelector("[data-empty]")?.remove();
    const unseen = !this.followed || document.visibilityState !== "visible";
    if (mine) this.element.querySelector(".chat__new")?.remove();
    else if (unseen && !this.element.querySelector(".chat__new")) this.insertBeforePending(this.unreadLine());
  }

  unreadLine() {
    const line = document.createElement("p");
    line.className = "chat__new";
    line.setAttribute("role", "separator");
    line.dataset.new = "";
    const words = document.createElement("span");
    words.textContent = this.words.new;
    line.append(words);
    return line;
  }

  // In the order of numbers; what is still on its way stays at the end.
  insert(article) {
    const known = article.dataset.id && this.element.querySelector(`.message[data-id="${CSS.escape(article.dataset.id)}"]`);
    if (known && known.dataset.seq) return known.replaceWith(article);
    known?.remove();
    this.insertBeforePending(article);
    article.dispatchEvent(new CustomEvent("face:dress", { bubbles: true }));
  }

  insertBeforePending(element) {
    const pending = this.element.querySelector(".message[data-state]");
    if (pending) pending.before(element);
    else this.element.append(element);
  }

  // --- drawing

  draw(frame) {
    const { seq, id, author, at } = frame;
    const article = this.blank(author, at);
    article.dataset.seq = seq;
    article.dataset.id = id;
    article.id = `message-${id}`;
    this.fill(article, frame);
    return article;
  }

  blank(author, at) {
    const article = this.template.content.firstElementChild.cloneNode(true);
    article.dataset.author = author.id;
    article.classList.toggle("message--own", author.id === this.section.dataset.me);
    article.querySelector("[data-author]").textContent = author.name;
    const avatar = article.querySelector("[data-avatar] .avatar");
    avatar.className = `avatar avatar--${author.hue}`;
    avatar.textContent = author.initials;
    const time = document.createElement("time");
    time.dateTime = at;
    time.dataset.relative = "";
    article.querySelector("[data-at]").replaceChildren(time);
    return article;
  }

  // `html` was made safe when it was saved; nothing else is ever put in as HTML.
  fill(article, { html, edited, removed, hidden, reply_to: answered, pinned, reactions = [] }) {
    const body = article.querySelector("[data-body]");
    const mine = this.signsOfMine(article);
    const shown = !removed && !hidden;
    body.innerHTML = shown ? html : "";
    if (removed) body.append(this.note("message__gone", this.words.removed));
    else if (hidden) body.append(this.note("message__gone", this.words.hidden));
    else if (edited) body.append(this.edited(article.dataset.seq));
    if (shown) this.fold(article, body);
    if (answered) body.prepend(this.answered(answered));
    if (shown && pinned) body.append(this.note("message__edited message__pinned", this.words.pinned));
    if (shown && reactions.length) body.append(this.marks(article, reactions, mine));
    article.querySelector(".message__actions")?.remove();
    const tools = this.tools(article, removed, hidden);
    if (tools) article.querySelector(".message__head").append(tools);
  }

  // What somebody blocked says is there, and read only by a click.
  fold(article, body) {
    const blocked = (this.section.dataset.blockedPeople ?? "").split(" ");
    if (!article.dataset.author || !blocked.includes(article.dataset.author)) return;
    const details = document.createElement("details");
    details.className = "message__blocked";
    const summary = document.createElement("summary");
    summary.textContent = this.words.blocked;
    details.append(summary, ...body.childNodes);
    body.replaceChildren(details);
  }

  note(className, words) {
    const note = document.createElement("p");
    note.className = className;
    note.textContent = words;
    return note;
  }

  link(href, words, icon) {
    const link = document.createElement("a");
    link.href = href;
    if (!icon) link.textContent = words;
    else {
      link.setAttribute("aria-label", words);
      link.append(this.icon(icon));
    }
    return link;
  }

  icon(name) {
    return this.section.querySelector(`template[data-icon="${name}"]`).content.firstElementChild.cloneNode(true);
  }

  pageOf(seq, page = "") {
    return `${this.section.dataset.url}messages/${Number(seq)}/${page}`;
  }

  edited(seq) {
    const note = this.note("message__edited", "");
    note.append(this.link(this.pageOf(seq, "history/"), this.words.edited));
    note.firstElementChild.className = "plain";
    return note;
  }

  answered({ seq, name }) {
    const note = this.note("message__answered", "");
    const said = this.element.querySelector(`.message[data-seq="${Number(seq)}"]`);
    const gone = said?.querySelector(".message__gone, .message__blocked");
    const words = gone ? this.words.removedAnswered : this.words.answered.replace("{name}", name);
    note.append(this.icon("reply"), " ", this.link(this.pageOf(seq, "thread/"), words));
    if (said && !gone) {
      const quoted = document.createElement("span");
      quoted.className = "message__quoted";
      quoted.textContent = this.textOf(said).slice(0, 120);
      note.append(" ", quoted);
    }
    return note;
  }

  textOf(article) {
    const body = article.querySelector("[data-body]").cloneNode(true);
    for (const extra of body.querySelectorAll(".message__answered, .message__edited, .marks, .message__thread")) extra.remove();
    return body.textContent.trim();
  }

  // --- signs

  signsOfMine(article) {
    return new Set([...article.querySelectorAll(".mark--mine")].map((mark) => mark.value));
  }

  marks(article, reactions, mine) {
    const form = this.section.querySelector("template[data-marks-form]").content.firstElementChild.cloneNode(true);
    form.action = this.pageOf(article.dataset.seq, "react/");
    for (const [sign, count] of reactions) {
      const button = document.createElement("button");
      button.name = "sign";
      button.value = sign;
      button.className = mine.has(sign) ? "mark mark--mine" : "mark";
      button.setAttribute("aria-pressed", String(mine.has(sign)));
      button.disabled = !this.section.dataset.writes;
      const label = this.section.querySelector(`[data-sign="${CSS.escape(sign)}"]`)?.textContent ?? sign;
      button.setAttribute("aria-label", `${label}: ${count}`);
      button.append(`${sign} ${count}`);
      form.append(button);
    }
    return form;
  }

  tools(article, removed, hidden) {
    const { me, url } = this.section.dataset;
    const writes = this.section.dataset.writes && !hidden;
    if (removed || !me) return null;
    const { seq } = article.dataset;
    const name = article.querySelector("[data-author]").textContent.trim();
    const tools = document.createElement("span");
    tools.className = "message__actions message__tools";
    if (writes) tools.append(this.link(`${url}?reply=${seq}#composer`, this.words.answer.replace("{name}", name), "reply"));
    tools.append(this.link(this.pageOf(seq), this.words.more.replace("{name}", name), "more"));
    for (const [index, kind] of (writes ? ["reply", "more"] : ["more"]).entries()) tools.children[index].dataset[kind] = "";
    return tools;
  }

  edit(frame) {
    const article = this.element.querySelector(`.message[data-seq="${Number(frame.seq)}"]`);
    if (!article) return;
    const thread = article.querySelector(".message__thread");
    if (frame.by?.id === this.section.dataset.me) this.mind(article, frame.by);
    this.fill(article, frame);
    if (frame.hidden) this.unquote(frame.seq);
    if (thread && !frame.removed) article.querySelector("[data-body]").append(thread);
  }

  // A sign of one's own, put there in this tab or another.
  mind(article, { sign, has }) {
    article.querySelector(`.mark[value="${CSS.escape(sign)}"]`)?.classList.toggle("mark--mine", has);
    if (!has || article.querySelector(`.mark--mine[value="${CSS.escape(sign)}"]`)) return;
    const mark = document.createElement("button");
    mark.className = "mark mark--mine";
    mark.value = sign;
    article.querySelector("[data-body]").append(mark);
  }

  remove(seq) {
    const article = this.element.querySelector(`.message[data-seq="${Number(seq)}"]`);
    if (article) this.fill(article, { html: "", removed: true });
    this.unquote(seq);
  }

  // What is gone is quoted nowhere.
  unquote(seq) {
    const gone = this.note("message__answered", this.words.removedAnswered);
    for (const quote of this.element.querySelectorAll(`.message__answered a[href$="/messages/${Number(seq)}/thread/"]`)) {
      quote.closest(".message__answered").replaceWith(gone.cloneNode(true));
    }
  }

  // --- history

  async fetchEarlier() {
    const link = this.older;
    if (!link || this.fetching) return;
    const found = await this.fetch(`before=${this.first}`);
    if (!found) return;
    const height = this.element.scrollHeight;
    this.element.setAttribute("aria-busy", "true"); // what was said long ago is not news to be read out
    link.closest(".chat__older").after(...found.children);
    this.element.scrollTop += this.element.scrollHeight - height;
    this.first = Number(found.dataset.first) || this.first;
    if (!("earlier" in found.dataset)) {
      link.closest(".chat__older").remove();
      this.older = null;
    }
    this.dressed();
  }

  // Everything after the newest that is here, page by page: after a gap, and when reading on from an old place.
  async fetchLater() {
    if (this.fetching) return;
    const found = await this.fetch(`after=${this.seq}`);
    if (!found) return;
    for (const article of [...found.children]) {
      if (Number(article.dataset.seq) <= this.seq) continue;
      this.seq = Number(article.dataset.seq);
      this.insert(article);
    }
    const more = "later" in found.dataset;
    const gapOfLive = this.atNewest;
    if (!more) {
      this.atNewest = true;
      this.newer?.closest(".chat__older").remove();
      this.newer = null;
    } else if (this.newer) this.element.append(this.newer.closest(".chat__older"));
    this.dressed();
    if (more && gapOfLive) await this.fetchLater();
    if (this.followed) this.toEnd();
  }

  async fetch(query) {
    this.fetching = true;
    try {
      const answer = await fetch(`${this.section.dataset.history}?${query}`, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return document.adoptNode(page.querySelector("[data-window]"));
    } catch {
      return null;
    } finally {
      this.fetching = false;
    }
  }

  dressed() {
    this.element.dispatchEvent(new CustomEvent("face:dress", { bubbles: true }));
    requestAnimationFrame(() => this.element.removeAttribute("aria-busy"));
  }
}
