// Rows of the posting form grow in place; without this module the same button posts the page for one more row.
function grow(frame) {
  const total = frame.querySelector("[name$='-TOTAL_FORMS']");
  const holder = document.createElement("div");
  holder.innerHTML = frame.querySelector("[data-row-template]").innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.firstElementChild;
  frame.querySelector("[data-row-template]").before(row);
  total.value = Number(total.value) + 1;
  row.dispatchEvent(new CustomEvent("face:dress", { bubbles: true }));
  row.querySelector("input, select, textarea").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-row-add]");
  if (!button) return;
  event.preventDefault();
  grow(button.closest("[data-rows]"));
});
