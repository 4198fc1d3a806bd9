// The App Home tab beside the messages of the direct talk.

import { drawBlocks } from "./blocks.js";
import { $, make } from "./dom.js";
import { act, desk, names } from "./store.js";

let tab = "messages";

export const onHome = () => tab === "home";

/** Show the tabs in the direct talk, and nowhere else. */
export function showTabs(place, changed) {
  const offered = place.direct && desk.features.home_tab;
  $("tabs").hidden = !offered;
  if (!offered) tab = "messages";
  for (const name of ["home", "messages"]) {
    const button = $(`tab-${name}`);
    button.setAttribute("aria-selected", String(tab === name));
    button.tabIndex = tab === name ? 0 : -1;
    button.onclick = () => turn(name, changed);
    button.onkeydown = (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = name === "home" ? "messages" : "home";
      turn(other, changed);
      $(`tab-${other}`).focus();
    };
  }
  $("home").hidden = !onHome();
  $("scroll").hidden = onHome();
  $("composer").hidden = onHome();
}

function turn(name, changed) {
  tab = name;
  changed();
  refreshHome();
  tell();
}

/** Tell the app what was opened. */
export function tell() {
  act(tab === "home" ? "open-home" : "open-messages", {}).catch(() => {});
}

export function refreshHome() {
  if (!onHome()) return;
  const view = desk.views.home;
  const focused = document.activeElement?.dataset?.control ?? "";
  const inside = $("home-inside");
  if (!view) {
    inside.replaceChildren(make("p", { class: "nothing" }, `${names.person(desk.bot)} has not published a Home tab yet.`));
    return;
  }
  const tap = async (action, node, block, choice) => {
    node.setAttribute("aria-busy", "true");
    try { await act("choose-in-view", { action, choice: choice ?? null, where: "home" }); } finally { node.removeAttribute("aria-busy"); }
  };
  const folds = [...inside.querySelectorAll("details")].map((fold) => fold.open);
  inside.replaceChildren(
    view.problems[""] ? make("p", { class: "modal-problem", role: "alert" }, view.problems[""]) : "",
    ...drawBlocks(view.blocks, { names, tap, values: view.values, prefix: "home-" }));
  [...inside.querySelectorAll("details")].forEach((fold, at) => { if (folds[at] !== undefined) fold.open = folds[at]; });
  if (focused) inside.querySelector(`[data-control="${CSS.escape(focused)}"]`)?.focus();
}
