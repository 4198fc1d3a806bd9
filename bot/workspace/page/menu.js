// A small menu under a button: arrow keys move, Enter takes, Escape closes and gives the focus back.

import { make } from "./dom.js";

let open = null;

/** Open a menu with entries `{ label, note, take, danger }` beside a button. */
export function openMenu(button, entries, label = "Choices") {
  if (open?.button === button) { close(); return; }
  close(false);
  const list = make("div", { class: "menu", role: "menu", "aria-label": label },
    entries.map(({ label: words, note, take, danger }) => make("button", {
      class: danger ? "menu-entry danger" : "menu-entry", type: "button", role: "menuitem", tabindex: "-1",
      onclick: () => { close(); take(); },
    }, make("span", {}, words), note ? make("small", {}, note) : null)));
  open = { button, list };
  (button.closest("dialog") ?? document.body).append(list);
  button.setAttribute("aria-expanded", "true");
  put(list, button);
  list.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", onOutside);
  list.firstElementChild?.focus();
}

function put(list, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + 4 + height <= innerHeight;
  list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  list.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}

export function close(back = true) {
  if (!open) return;
  document.removeEventListener("pointerdown", onOutside);
  open.button.setAttribute("aria-expanded", "false");
  open.list.remove();
  const { button } = open;
  open = null;
  if (back) button.focus();
}

function onOutside(event) {
  if (!open.list.contains(event.target) && !open.button.contains(event.target)) close(false);
}

function onKey(event) {
  const entries = [...open.list.children];
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (next !== undefined) entries[(next + entries.length) % entries.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
