// Starts everything. A part either listens on the document once, or dresses elements as they arrive
// (with the page, and with every fragment that htmx brings).
import { startDialogs } from "./dialogs.js";
import { dressFileInputs } from "./files.js";
import { dressForms, startForms } from "./forms.js";
import { startFragments } from "./fragments.js";
import { startMenus } from "./menus.js";
import { dressSearch, startSearch } from "./search.js";
import { dressTabs } from "./tabs.js";
import { startTheme } from "./toggle.js";
import { dressTimes, startTimes } from "./times.js";
import { dressToasts, startToasts } from "./toasts.js";

const parts = [dressFileInputs, dressForms, dressSearch, dressTabs, dressTimes, dressToasts];

function dress(root) {
  for (const part of parts) part(root);
}

startTheme();
startMenus();
startDialogs();
startForms();
startSearch();
startToasts();
startTimes();
startFragments();
dress(document);
document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
document.addEventListener("face:dress", (event) => dress(event.target));
