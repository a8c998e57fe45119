// Up to which number all changes of what was said are known here, so that none is missed after a cut.

export class Changes {
  constructor(known) {
    this.known = known;
    this.ahead = new Set();
    this.awaited = 0;
  }

  // The server says where the room stands, and how many changes it sends after this.
  joined({ rev, changes }) {
    this.target = rev ?? this.known;
    this.awaited = changes ?? 0;
    this.settle();
  }

  heard(rev) {
    if (!rev) return;
    if (this.awaited && rev <= this.target) {
      this.awaited -= 1;
      this.settle();
    } else if (rev > this.known) this.ahead.add(rev);
    while (this.ahead.delete(this.known + 1)) this.known += 1;
  }

  settle() {
    if (!this.awaited) this.known = Math.max(this.known, this.target);
  }
}
