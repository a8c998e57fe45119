// A room's log: messages in the order of their numbers, each once; history fetched as the reader scrolls.

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
    const mine = frame.author.id === this.section.dataset.me;
    this.mindUnread(mine);
    this.insert(this.draw(frame));
    if (this.followed || mine) this.toEnd();
    else this.offerJump();
    if (this.followed) this.onFollowed();
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

  draw({ seq, id, author, html, at, edited, removed, hidden }) {
    const article = this.blank(author, at);
    article.dataset.seq = seq;
    article.dataset.id = id;
    article.id = `message-${id}`;
    this.fill(article, { html, edited, removed, hidden });
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
  fill(article, { html, edited, removed, hidden }) {
    const body = article.querySelector("[data-body]");
    body.innerHTML = removed || hidden ? "" : html;
    if (removed) body.append(this.note("message__gone", this.words.removed));
    else if (hidden) body.append(this.note("message__gone", this.words.hidden));
    else if (edited) body.append(this.note("message__edited", this.words.edited));
    if (!removed && !hidden) this.fold(article, body);
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

  tools(article, removed, hidden) {
    const { writes, moderates, keepsOrder, me, url } = this.section.dataset;
    const own = article.classList.contains("message--own");
    if (removed || !me) return null;
    const tools = document.createElement("span");
    tools.className = "message__actions message__tools";
    const links = [
      own && writes && !hidden && ["edit", this.words.edit],
      !own && !hidden && ["report", this.words.report],
      keepsOrder && !own && (hidden ? ["unhide", this.words.unhide] : ["hide", this.words.hide]),
      (own || moderates) && ["remove", this.words.remove],
    ].filter(Boolean);
    for (const [name, words] of links) {
      const link = document.createElement("a");
      link.href = `${url}messages/${article.dataset.seq}/${name}/`;
      link.textContent = words;
      tools.append(link, " ");
    }
    return tools;
  }

  edit(frame) {
    const article = this.element.querySelector(`.message[data-seq="${Number(frame.seq)}"]`);
    if (article) this.fill(article, frame);
  }

  remove(seq) {
    const article = this.element.querySelector(`.message[data-seq="${Number(seq)}"]`);
    if (article) this.fill(article, { html: "", removed: true });
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
