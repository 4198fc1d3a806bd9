// The message box: Enter sends, Shift+Enter breaks the line, @ and / offer names.

import { icon, initials, make } from "./dom.js";
import { tone } from "./messages.js";
import { desk, names, send } from "./store.js";

const SEND = "M3 10l14-7-4.5 14-3-6z M9.5 11L17 3";
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
  const submit = make("button", { class: "send", type: "submit", "aria-label": "Send", disabled: true }, icon(SEND));
  const hint = make("span", { class: "hint", id: `${id}-hint` }, make("kbd", {}, "Enter"), " sends, ", make("kbd", {}, "Shift"), "+", make("kbd", {}, "Enter"), " starts a line");
  form.append(offers, problem, make("div", { class: "box-frame" }, box, make("div", { class: "box-tools" }, chip, hint, submit)));

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
  form.addEventListener("submit", (event) => { event.preventDefault(); say(); box.focus(); });
  chip.addEventListener("click", () => { insert(box, `@${names.person(desk.bot)} `); grow(); });

  return {
    focus: () => box.focus(),
    label() {
      const { label, direct } = where();
      box.placeholder = label;
      box.setAttribute("aria-label", label);
      chip.hidden = direct;
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
