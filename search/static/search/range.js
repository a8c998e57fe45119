// A range of amounts as a slider of two knobs over the two fields, which stay what is sent.
import { each, language } from "../face/js/words.js";

function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  const steps = form.dataset.steps.split(" ").map(Number);
  const last = steps.length - 1;
  const [from, to] = form.querySelectorAll("input[type=number]");
  const slider = form.querySelector(".range__slider");
  const [low, high] = slider.querySelectorAll("input");
  const written = (amount) => amount.toLocaleString(language);
  const nearest = (amount) => Math.max(0, steps.findLastIndex((step) => step <= amount));

  function show() {
    low.value = from.value === "" ? 0 : nearest(Number(from.value));
    high.value = to.value === "" ? last : nearest(Number(to.value));
    paint();
  }

  function paint() {
    slider.style.setProperty("--low", low.value / last);
    slider.style.setProperty("--high", high.value / last);
    low.setAttribute("aria-valuetext", written(steps[low.value]));
    high.setAttribute("aria-valuetext", Number(high.value) === last ? "∞" : written(steps[high.value]));
  }

  function take(knob) {
    if (Number(low.value) > Number(high.value)) knob.value = knob === low ? high.value : low.value;
    from.value = Number(low.value) === 0 ? "" : steps[low.value];
    to.value = Number(high.value) === last ? "" : steps[high.value];
    paint();
  }

  for (const knob of [low, high]) {
    knob.min = 0;
    knob.max = last;
    knob.addEventListener("input", () => take(knob));
    knob.addEventListener("change", () => form.requestSubmit());
  }
  for (const field of [from, to]) field.addEventListener("input", show);
  show();
  slider.hidden = false;
}

function startAll(root) {
  for (const form of each(root, ".range[data-steps]")) start(form);
}

startAll(document.documentElement);
document.addEventListener("htmx:load", ({ target }) => startAll(target));
