// Brings the rooms on the page to life. The server has drawn what was said before; this adds what comes.
import { join } from "../live/socket.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";

const READ_PAUSE = 800;
const TYPING_LASTS = 4_000;
const CONNECTION_GRACE = 1_500;

class Room {
  constructor(section) {
    this.section = section;
    this.words = section.querySelector("[data-words]").dataset;
    this.status = section.querySelector("[data-status]");
    this.typingLine = section.querySelector("[data-typing]");
    this.typists = new Map();
    this.log = new Log(section, this.words, () => this.markRead());
    const form = section.querySelector("[data-composer]");
    this.composer = form ? new Composer(form, this) : null;
    this.menu = new Menu(this);
    if (section.dataset.closed) return;
    this.line = join(section.dataset.topic, {
      after: () => this.log.seq,
      since: () => this.log.changes.known,
      hear: (frame) => this.hear(frame),
      changed: (state) => this.connection(state),
    });
  }

  hear(frame) {
    if (frame.on === "edited" || frame.on === "removed") this.log.changes.heard(frame.rev);
    const act = {
      joined: () => this.joined(frame),
      message: () => this.arrived(frame),
      gap: () => this.log.fetchLater(),
      stale: () => location.reload(), // more has changed than is told one by one
      ack: () => this.composer?.acknowledged(frame),
      edited: () => this.log.edit(frame),
      removed: () => this.log.remove(frame.seq),
      order: () => this.order(frame),
      typing: () => this.typing(frame.author),
      presence: () => this.presence(frame.count),
      gone: () => this.gone(frame.reason),
      error: () => this.refused(frame),
    }[frame.on];
    act?.();
  }

  joined(frame) {
    this.log.changes.joined(frame);
    if (frame.seq < this.log.seq) return location.reload(); // the history is another one
    this.composer?.resend();
    this.markRead();
  }

  arrived(frame) {
    this.typists.delete(frame.author.id);
    this.showTypists();
    this.composer?.settled(frame.id);
    this.log.arrived(frame);
  }

  refused(frame) {
    if (frame.code === "unknown_topic" && !this.composer?.knows(frame.ref)) return this.say("");
    this.composer?.refused(frame);
  }

  connection(state) {
    clearTimeout(this.worry);
    if (state === "open" || state === "closed") return this.say("");
    if (state === "over") return this.end(this.words.signedOut);
    if (state === "crowded") return this.say(this.words.crowded);
    this.worry = setTimeout(() => this.say(this.words.reconnecting), CONNECTION_GRACE);
  }

  // The room was locked or unlocked, or its pace changed. Moderators go on as they like.
  order({ locked, slow }) {
    if (this.section.dataset.keepsOrder) return;
    if (locked !== (this.locked ?? false)) this.say(locked ? this.words.orderLocked : this.words.orderOpen);
    this.locked = locked;
    if (this.composer) this.composer.form.hidden = locked;
    const pace = this.section.querySelector("[data-pace]");
    if (!pace) return;
    pace.hidden = !slow || locked;
    pace.querySelector("span").textContent = this.words.pace.replace("{seconds}", slow);
  }

  gone(reason) {
    this.end({ closed: this.words.closed, signed_out: this.words.signedOut }[reason] ?? this.words.withdrawn);
    this.line.leave();
  }

  end(words) {
    this.say(words);
    this.composer?.end();
    this.composer = null;
  }

  say(words) {
    this.status.textContent = words;
    this.status.hidden = !words;
  }

  presence(count) {
    const words = count === 1 ? this.words.presentOne : this.words.presentMany;
    let line = this.section.querySelector("[data-present]");
    if (!line) {
      line = document.createElement("p");
      line.className = "chat__present";
      line.dataset.present = "";
      this.section.prepend(line);
    }
    line.textContent = words.replace("{count}", count);
  }

  typing(author) {
    if (author.id === this.section.dataset.me) return;
    clearTimeout(this.typists.get(author.id)?.timer);
    const timer = setTimeout(() => {
      this.typists.delete(author.id);
      this.showTypists();
    }, TYPING_LASTS);
    this.typists.set(author.id, { name: author.name, timer });
    this.showTypists();
  }

  showTypists() {
    const [first] = this.typists.values();
    const words = this.typists.size > 1 ? this.words.typingMany : this.words.typingOne.replace("{name}", first?.name);
    this.typingLine.textContent = first ? words : "";
  }

  // What somebody looks at, they have read.
  markRead() {
    if (!this.section.dataset.me || !this.line) return;
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      if (document.visibilityState !== "visible" || !this.log.followed || this.log.seq <= (this.readSeq ?? 0)) return;
      if (this.line.read(this.log.seq)) this.readSeq = this.log.seq;
    }, READ_PAUSE);
  }
}

for (const section of document.querySelectorAll(".chat[data-room]")) {
  const room = new Room(section);
  document.addEventListener("visibilitychange", () => room.markRead());
}
