// The message box: Enter sends, Shift+Enter breaks the line, @ and / offer names.

import { icon, initials, make } from "./dom.js";
import { tone } from "./messages.js";
import { openMenu } from "./menu.js";
import { askHere } from "./modal.js";
import { act, desk, names, send } from "./store.js";

const SEND = "M3 10l14-7-4.5 14-3-6z M9.5 11L17 3";
const BOLT = "M11 2.5L4.5 11.5H10l-1 6 6.5-9H10z";
const CLIP = "M15.5 9l-5.7 5.7a3.2 3.2 0 0 1-4.5-4.5L11 4.5a2.1 2.1 0 0 1 3 3l-5.600 5.600a1 1 0 0 1-1.500-1.500L12 6.5";
const LARGEST = 20 * 1024 * 1024; // bytes of a file from this page
const AT = "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0-3v4.2c0 1.2.8 1.8 1.7 1.8 1.4 0 2.3-1.4 2.3-3a7 7 0 1 0-2.8 5.6";

/** Set up a form as a message box; `where()` gives channel, thread and label. */
export function composer(form, where) {
  const id = form.id === "composer" ? "words" : "thread-words";
  const box = make("textarea", {
    id, rows: 1, maxlength: 4000, role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": `${id}-offers`, "aria-describedby": `${id}-hint`,
  });
  const offers = make("ul", { class: "offers", id: `${id}-offers`, role: "listbox", "aria-label": "Names and commands", hidden: true });
  const problem = make("p", { class: "problem", role: "alert" });
  const chip = make("button", { class: "chip at", type: "button", title: "Mention the app" }, icon(AT), make("span", {}));
  const lightning = make("button", { class: "icon", type: "button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu" }, icon(BOLT));
  const file = make("input", { type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  const clip = make("button", { class: "icon", type: "button", "aria-label": "Attach a file", title: "Attach a file", onclick: () => file.click() }, icon(CLIP));
  const submit = make("button", { class: "send", type: "submit", "aria-label": "Send", disabled: true }, icon(SEND));
  const hint = make("span", { class: "hint", id: `${id}-hint` }, make("kbd", {}, "Enter"), " sends, ", make("kbd", {}, "Shift"), "+", make("kbd", {}, "Enter"), " starts a line");
  form.append(offers, problem, make("div", { class: "box-frame" }, box, make("div", { class: "box-tools" }, lightning, clip, file, chip, hint, submit)));

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    submit.disabled = !box.value.trim();
  };
  const say = async () => {
    const typed = box.value.trim();
    if (!typed) return;
    box.value = "";
    grow();
    problem.textContent = "";
    try {
      await speak(typed, where());
    } catch (error) {
      box.value = typed;
      problem.textContent = `Not sent: ${error.message}`;
      grow();
    }
  };
  const offering = offersFor(box, offers, grow);
  box.addEventListener("input", () => { grow(); offering.refresh(); });
  box.addEventListener("blur", () => offering.close());
  box.addEventListener("keydown", (event) => {
    if (offering.heard(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
  });
  lightning.addEventListener("click", () => openMenu(lightning, shortcuts(), "Shortcuts"));
  file.addEventListener("change", async () => {
    try {
      await attach(file.files[0], box.value.trim(), where());
      box.value = "";
      grow();
    } catch (error) { problem.textContent = `Not sent: ${error.message}`; }
    file.value = "";
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); say(); box.focus(); });
  chip.addEventListener("click", () => { insert(box, `@${names.person(desk.bot)} `); grow(); });

  return {
    focus: () => box.focus(),
    label() {
      const { label, direct } = where();
      box.placeholder = label;
      box.setAttribute("aria-label", label);
      chip.hidden = direct;
      lightning.hidden = !shortcuts().length;
      chip.lastChild.textContent = names.person(desk.bot);
      chip.setAttribute("aria-label", `Mention ${names.person(desk.bot)}`);
    },
  };
}

/** Say something as the person: a command when it starts with a slash. */
export async function speak(typed, { channel, thread_ts }) {
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(typed);
  if (!command) return send("speak", { channel, typed, thread_ts });
  if (command[1] !== desk.command) throw new Error(`${command[1]} is not a command here. Try ${desk.command}.`);
  return send("command", { channel, command: command[1], text: command[2] });
}

/** What the lightning menu offers: the app's global shortcuts, and its workflow steps. */
function shortcuts() {
  const used = desk.features.shortcuts.filter(({ kind }) => kind === "global").map((one) => ({
    label: one.name, note: one.description, take: () => act("shortcut", { callback_id: one.callback_id }),
  }));
  const steps = desk.features.steps.map((step) => ({ label: step.title, note: "Workflow step", take: () => runStep(step) }));
  return [...used, ...steps];
}

function runStep(step) {
  const blocks = step.inputs.map((one) => ({
    type: "input", block_id: one.name, optional: !one.is_required, label: { text: one.title ?? one.name },
    element: { type: "plain_text_input", action_id: one.name, multiline: true },
  }));
  askHere({ title: { text: step.title }, submit: { text: "Run" }, blocks }, (inputs) => act("run", { callback_id: step.callback_id, inputs }));
}

async function attach(file, typed, { channel }) {
  if (!file) return;
  if (file.size > LARGEST) throw new Error("files of up to 20 MB can be attached here");
  const address = await new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  await act("upload", { channel, name: file.name, content: address.split(",")[1], typed });
}

function insert(box, words, from = box.selectionStart) {
  const gap = from > 0 && !/\s$/.test(box.value.slice(0, from)) ? " " : "";
  box.setRangeText(gap + words, from, box.selectionEnd, "end");
  box.focus();
}

function offersFor(box, list, changed) {
  let shown = [];
  let at = 0;
  const close = () => {
    shown = [];
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (offer) => {
    insert(box, offer.words, box.selectionStart - offer.typed.length);
    close();
    changed();
  };
  const mark = () => [...list.children].forEach((item, place) => {
    item.setAttribute("aria-selected", String(place === at));
    if (place === at) box.setAttribute("aria-activedescendant", item.id);
  });
  const refresh = () => {
    shown = matching(box.value.slice(0, box.selectionStart));
    if (!shown.length) { close(); return; }
    at = 0;
    list.replaceChildren(...shown.map((offer, place) => drawOffer(offer, `${list.id}-${place}`, () => take(offer))));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark();
  };
  const KEYS = {
    ArrowDown: () => { at = (at + 1) % shown.length; mark(); },
    ArrowUp: () => { at = (at + shown.length - 1) % shown.length; mark(); },
    Enter: () => take(shown[at]),
    Tab: () => take(shown[at]),
    Escape: close,
  };
  const heard = (event) => {
    if (!shown.length || !KEYS[event.key] || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
    return true;
  };
  return { refresh, close, heard };
}

function matching(before) {
  if (before.startsWith("/") && !/\s/.test(before) && desk.command.startsWith(before)) {
    return [{ label: desk.command, note: "ask for your eyes only", words: `${desk.command} `, typed: before }];
  }
  const at = /(?:^|\s)@([\p{L}\d' -]{0,30})$/u.exec(before);
  if (!at) return [];
  const start = at[1].toLowerCase();
  return [...desk.people.values()]
    .filter(({ id, real_name, name }) => id !== desk.you && [real_name, name].some((one) => one.toLowerCase().startsWith(start)))
    .sort((a, b) => b.is_bot - a.is_bot)
    .map((person) => ({ label: person.real_name, note: person.title, words: `@${person.real_name} `, typed: `@${at[1]}`, id: person.id }));
}

function drawOffer(offer, id, take) {
  const hold = (event) => { event.preventDefault(); take(); }; // the box keeps the focus
  return make("li", { id, role: "option", "aria-selected": "false", onmousedown: hold },
    offer.id ? make("span", { class: `avatar small tone-${tone(offer.id)}`, "aria-hidden": "true" }, initials(offer.label)) : null,
    make("strong", {}, offer.label), make("span", {}, offer.note));
}
