// Shows an element over the page, beside what it belongs to and whole within the window.

const GAP = 4;

export function float(element, anchor, { above = false } = {}) {
  element.popover = "manual";
  element.showPopover();
  const place = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const left = above !== rtl ? place.left : place.right - width;
  const top = above || place.bottom + GAP + height > innerHeight ? place.top - GAP - height : place.bottom + GAP;
  element.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  element.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
}
