// What was picked, by name and size, before it leaves; too large is said here and not after the upload.
import { each, fileSize, phrase } from "./words.js";

function row(file, most) {
  const item = document.createElement("li");
  const size = document.createElement("span");
  const wrong = most > 0 && file.size > most;
  item.textContent = file.name;
  item.toggleAttribute("data-wrong", wrong);
  size.textContent = wrong ? `${phrase("tooLarge")} ${fileSize(most)}` : fileSize(file.size);
  item.append(size);
  return item;
}

function show(input, list) {
  const most = Number(input.dataset.maxBytes ?? 0);
  const files = [...input.files];
  const wrong = most > 0 && files.some((file) => file.size > most);
  list.replaceChildren(...files.map((file) => row(file, most)));
  list.hidden = !files.length;
  input.setCustomValidity(wrong ? `${phrase("tooLarge")} ${fileSize(most)}` : "");
}

export function dressFileInputs(root) {
  for (const frame of each(root, "[data-file]:not([data-ready])")) {
    const input = frame.querySelector("input[type=file]");
    const list = frame.querySelector("ul");
    if (!input || !list) continue;
    frame.dataset.ready = "yes";
    input.addEventListener("change", () => show(input, list));
  }
}
