// The modal on top: what the app asks, what was filled in, what is wrong with it.

import { drawBlocks } from "./blocks.js";
import { $, make } from "./dom.js";
import { act, desk, names } from "./store.js";

let shown = null; // { id, hash, fields, local }
let before = null; // what had the focus

/** Draw the modal that the workspace says is open, or close the one that was. */
export function refreshModal() {
  const view = desk.views.modal;
  if (shown?.local) return;
  if (!view) { hide(); return; }
  draw(view, {
    depth: desk.views.depth,
    submit: (filled) => act("submit", { filled }),
    dismiss: () => act("dismiss", {}),
    tap: (action, node, block, choice) => act("choose-in-view", { action, choice: choice ?? null, where: "modal" }),
  });
}

/** Ask something of the workspace's own, in the same shape. */
export function askHere(view, submit) {
  const done = () => { shown = null; hide(); refreshModal(); };
  draw({ id: "local", hash: "", values: {}, problems: {}, ...view }, {
    depth: 1, local: true,
    submit: async (filled) => { await submit(filled); done(); },
    dismiss: async () => done(),
    tap: async () => {},
  });
}

function draw(view, ways) {
  const dialog = $("modal");
  const again = shown?.id === view.id;
  const typed = again ? new Map([...shown.fields].map(([name, read]) => [name, read()])) : new Map();
  const focused = again ? document.activeElement?.id : "";
  const fields = new Map();
  if (!dialog.open) before = document.activeElement;
  shown = { id: view.id, fields, local: ways.local };
  const where = { names, fields, typed, values: view.values, problems: view.problems, tap: guarded(ways.tap), prefix: "modal-" };
  const busy = make("p", { class: "modal-problem", role: "alert" }, view.problems[""] ?? "");
  const form = make("form", { class: "modal-form", novalidate: true },
    make("header", { class: "bar" },
      make("div", { class: "bar-title" }, make("h2", { id: "modal-title" }, view.title?.text ?? ""), make("p", {}, names.person(desk.bot))),
      make("button", { class: "icon", type: "button", "aria-label": "Close", onclick: ways.dismiss }, "✕")),
    make("div", { class: "modal-blocks blocks" }, drawBlocks(view.blocks, where)),
    make("footer", { class: "modal-foot" }, busy,
      make("button", { class: "button", type: "button", onclick: ways.dismiss }, view.close?.text ?? (ways.depth > 1 ? "Back" : "Close")),
      view.submit ? make("button", { class: "button primary", type: "submit" }, view.submit.text) : null));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button?.setAttribute("aria-busy", "true");
    try {
      await ways.submit(Object.fromEntries([...fields].map(([name, read]) => [name, read()])));
    } catch (error) {
      busy.textContent = error.message;
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });
  dialog.replaceChildren(form);
  dialog.oncancel = (event) => { event.preventDefault(); ways.dismiss(); };
  if (!dialog.open) dialog.showModal();
  const wrong = form.querySelector("[aria-invalid]");
  const first = form.querySelector(".modal-blocks :is(input, textarea, select, button)") ?? form.querySelector("button");
  (wrong || (focused && document.getElementById(focused)) || first).focus();
}

function guarded(tap) {
  return async (action, node, block, choice) => {
    node.setAttribute("aria-busy", "true");
    try { await tap(action, node, block, choice); } finally { node.removeAttribute("aria-busy"); }
  };
}

function hide() {
  const dialog = $("modal");
  shown = null;
  if (!dialog.open) return;
  dialog.close();
  dialog.replaceChildren();
  if (before?.isConnected) before.focus();
}
