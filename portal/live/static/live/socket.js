// The tab's one socket, shared by whatever on the page listens. It comes back by itself: at first soon, then
// more slowly, never all tabs at the same moment. What was missed is asked for by `after` when joining again.

const SOONEST = 500;
const LATEST = 8_000;
const CROWDED_PAUSE = 60_000;
const SILENCE = 75_000; // the server shows a sign of life every 30 s
const SIGNED_OUT = 4401;
const CROWDED = 4429;

const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`;
const listeners = new Map(); // topic → { after, hear, changed }
let socket = null;
let state = "closed"; // closed | connecting | open | waiting | crowded | over
let attempts = 0;
let timer = 0;
let heardAt = 0;
let lastRef = 0;

function enter(next) {
  state = next;
  for (const listener of listeners.values()) listener.changed(state);
}

function put(frame) {
  if (state !== "open" || socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(frame));
  return true;
}

function ask(topic) {
  const listener = listeners.get(topic);
  put({ do: "join", topic, after: listener?.after() ?? null, since: listener?.since() ?? null, ref: ++lastRef });
}

function hear(event) {
  heardAt = Date.now();
  const frame = JSON.parse(event.data);
  if (frame.on === "joined") attempts = 0;
  if (frame.topic) listeners.get(frame.topic)?.hear(frame);
  else for (const listener of listeners.values()) listener.hear(frame);
}

function open() {
  clearTimeout(timer);
  if (!listeners.size || state === "over" || socket) return;
  enter("connecting");
  const mine = new WebSocket(address);
  socket = mine;
  mine.addEventListener("open", () => {
    heardAt = Date.now();
    enter("open");
    for (const topic of listeners.keys()) ask(topic);
  });
  mine.addEventListener("message", (event) => mine === socket && hear(event));
  mine.addEventListener("close", (event) => mine === socket && lost(event.code));
}

function lost(code) {
  socket = null;
  if (code === SIGNED_OUT) return enter("over");
  enter(code === CROWDED ? "crowded" : "waiting");
  const longest = code === CROWDED ? CROWDED_PAUSE : Math.min(LATEST, SOONEST * 2 ** attempts++);
  timer = setTimeout(open, Math.max(SOONEST, longest * (0.5 + Math.random() / 2)));
}

// Gives up a socket that may look open and be dead: after sleep, after a change of network.
function renew() {
  const old = socket;
  if (old) {
    socket = null;
    old.close();
  }
  open();
}

function look() {
  if (state === "open" && Date.now() - heardAt > SILENCE) renew();
  else if (state === "waiting" && document.visibilityState === "visible") open();
}

setInterval(() => state === "open" && look(), 10_000);
document.addEventListener("visibilitychange", look);
addEventListener("online", renew);
addEventListener("pagehide", () => {
  clearTimeout(timer);
  socket?.close();
  socket = null;
});
addEventListener("pageshow", (event) => event.persisted && open());

// Listen to `topic`: `after()` is the newest number known, `since()` the newest change of what was said, `hear(frame)` gets its frames and the errors,
// `changed(state)` is told how the connection is.
export function join(topic, { after = () => null, since = () => null, hear, changed = () => {} }) {
  listeners.set(topic, { after, since, hear, changed });
  if (state === "open") ask(topic);
  else open();
  changed(state);
  return {
    send: (id, text, answers = null) => put({ do: "send", topic, id, text, reply_to: answers, ref: ++lastRef }) && lastRef,
    typing: () => put({ do: "typing", topic }),
    read: (seq) => put({ do: "read", topic, seq }),
    again: () => ask(topic),
    leave: () => {
      listeners.delete(topic);
      put({ do: "leave", topic });
    },
  };
}
