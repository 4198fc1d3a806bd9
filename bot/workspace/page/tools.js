// What can be done with a message: react, reply, edit, delete, the app's shortcuts.

import { $, icon, make } from "./dom.js";
import { openMenu } from "./menu.js";
import { emoji } from "./mrkdwn.js";
import { act, desk, rootOf } from "./store.js";

const REPLY = "M8 5L3 10l5 5M3 10h9a5 5 0 0 1 5 5";
const MORE = "M3.7 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0zM9.2 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0zM14.7 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z";
const SMILE = "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.5 8.5h.01M12.5 8.5h.01M7 11.5c1.5 2 4.5 2 6 0";
const EMOJI = ["+1", "eyes", "white_check_mark", "bulb", "wave", "-1"];

/** The row of tools over a message. */
export function tools(message, where) {
  if (message.subtype === "tombstone") return null;
  const at = { channel: message.channel, ts: message.ts };
  const tool = (label, path, press) => make("button", { class: "icon", type: "button", "aria-label": label, title: label, onclick: (event) => press(event.currentTarget) }, icon(path));
  const more = moreOf(message, at, where);
  return make("div", { class: "tools", role: "group", "aria-label": "Message" },
    message.only_for ? null : tool("Add a reaction", SMILE, (button) => openMenu(button, EMOJI.map((name) => ({
      label: `${emoji(name)} ${name.replaceAll("_", " ")}`, take: () => act("react", { ...at, name }),
    })), "Reactions")),
    where.openThread && !message.only_for ? tool("Reply in thread", REPLY, () => where.openThread(rootOf(message))) : null,
    more.length ? tool("Message actions", MORE, (button) => openMenu(button, more, "Message")) : null);
}

function moreOf(message, at, where) {
  const shortcuts = message.only_for ? [] : desk.features.shortcuts.filter(({ kind }) => kind === "message").map((one) => ({
    label: one.name, note: one.description, take: () => act("shortcut", { ...at, callback_id: one.callback_id }),
  }));
  if (message.only_for) return [{ label: "Hide this message", take: () => act("delete", at) }];
  if (message.user !== desk.you) return shortcuts;
  return [...shortcuts, { label: "Edit", take: () => where.edit(message) }, { label: "Delete", danger: true, take: () => act("delete", at) }];
}

/** A box in place of one's own words. */
export function editor(message, typed, done) {
  const box = make("textarea", { rows: 2, maxlength: 4000, "aria-label": "Edit your message" });
  const problem = make("p", { class: "problem", role: "alert" });
  const save = async () => {
    try {
      if (box.value.trim()) await act("edit", { channel: message.channel, ts: message.ts, typed: box.value.trim() });
      done();
    } catch (error) { problem.textContent = error.message; }
  };
  box.value = typed;
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); done(); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  requestAnimationFrame(() => { box.focus(); box.setSelectionRange(box.value.length, box.value.length); });
  return make("div", { class: "editor" }, box, problem, make("div", { class: "actions" },
    make("button", { class: "button", type: "button", onclick: done }, "Cancel"),
    make("button", { class: "button primary", type: "button", onclick: save }, "Save")));
}

/** Say something in the corner, for a while. */
export function notice(words) {
  const note = make("p", { class: "notice" }, words);
  $("notices").append(note);
  setTimeout(() => note.remove(), 9000);
}
