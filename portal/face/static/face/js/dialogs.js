// Native dialogs: a link to "#name" with data-dialog opens <dialog id="name">; data-confirm asks before a form goes.
function onClick(event) {
  const opener = event.target.closest("a[data-dialog]");
  const dialog = opener && document.getElementById(opener.hash.slice(1));
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.target instanceof HTMLDialogElement && outside(event.target, event)) {
    event.target.close();
  }
}

function outside(dialog, { clientX: x, clientY: y }) {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

// Resolves to true when the person says yes.
export function ask(question, { danger = false, yes = "" } = {}) {
  const dialog = document.getElementById("confirm");
  const button = dialog.querySelector("[data-yes]");
  dialog.querySelector(".dialog__title").textContent = question;
  button.classList.toggle("button--danger", danger);
  button.classList.toggle("button--primary", !danger);
  if (yes) button.textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const agreed = new WeakSet();

async function onSubmit(event) {
  const button = event.submitter;
  if (!button?.dataset.confirm || agreed.delete(button)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const danger = button.classList.contains("button--danger");
  if (!(await ask(button.dataset.confirm, { danger, yes: button.textContent.trim() }))) return;
  agreed.add(button);
  button.form.requestSubmit(button);
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit, true);
}
