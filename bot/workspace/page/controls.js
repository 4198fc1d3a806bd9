// Draws what can be chosen or filled in; each kind tells the app, or keeps its value for the form.

import { icon, make } from "./dom.js";
import { openMenu } from "./menu.js";
import { emoji } from "./mrkdwn.js";
import { act, desk } from "./store.js";

const DOTS = "M3.7 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0zM9.2 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0zM14.7 10a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z";
const UP = "M7 9l3-6c1.2 0 1.8.8 1.6 2L11 8h4a1.5 1.5 0 0 1 1.5 1.8l-1 5A1.5 1.5 0 0 1 14 16H7zM7 9H4v7h3z";
const DOWN = "M13 11l-3 6c-1.2 0-1.8-.8-1.6-2L9 12H5a1.5 1.5 0 0 1-1.5-1.8l1-5A1.5 1.5 0 0 1 6 4h7zM13 11h3V4h-3z";
const BIN = "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6";

/** The node for one control; `where` hears what is chosen and keeps what is filled in. */
export function control(part, where, block) {
  return (KINDS[part.type] ?? unknown)(part, where, block);
}

/** An input block: label, control, hint, and what is wrong with it. */
export function inputBlock(block, where) {
  const id = `field-${where.prefix ?? ""}${block.block_id}`;
  const problem = where.problems?.[block.block_id];
  const grouped = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const label = [block.label.text, block.optional ? make("span", { class: "optional" }, " (optional)") : null];
  const notes = [
    block.hint ? make("p", { class: "field-hint", id: `${id}-hint` }, block.hint.text) : null,
    problem ? make("p", { class: "field-problem", id: `${id}-problem` }, problem) : null,
  ].filter(Boolean);
  const about = { id, describedby: notes.map((note) => note.id).join(" ") || null, invalid: problem ? "true" : null, required: !block.optional };
  const drawn = control(block.element, { ...where, about, input: true, name: block.block_id }, block);
  return grouped
    ? make("fieldset", { class: "field-block", id, "aria-describedby": about.describedby, "aria-invalid": about.invalid }, make("legend", {}, label), drawn, notes)
    : make("div", { class: "field-block" }, make("label", { for: id }, label), drawn, notes);
}

const kept = (part, where, block) => where.values?.[block.block_id]?.[part.action_id];
const words = (part) => part?.text ?? "";

function attributes(part, where, fallback) {
  const { about } = where;
  if (!about) return { "aria-label": words(part.placeholder) || fallback };
  return { id: about.id, "aria-describedby": about.describedby, "aria-invalid": about.invalid, "aria-required": about.required ? "true" : null };
}

/** Remember how to read a control, and tell the app at once where no form collects it. */
function listen(part, where, block, node, read) {
  where.fields?.set(where.name ?? part.action_id, read);
  if (!where.input || block.dispatch_action) node.addEventListener("change", () => where.tap(part.action_id, node, block, read()));
  return node;
}

function textInput(part, where, block) {
  const value = where.typed?.get(where.name) ?? kept(part, where, block)?.value ?? part.initial_value ?? "";
  const common = { ...attributes(part, where, "Text"), placeholder: words(part.placeholder), maxlength: part.max_length ?? 3000 };
  const type = { email_text_input: "email", url_text_input: "url", number_input: "number" }[part.type] ?? "text";
  const node = part.multiline ? make("textarea", { ...common, rows: 4 }) : make("input", { ...common, type, step: part.is_decimal_allowed ? "any" : null });
  node.value = typeof value === "string" ? value : "";
  where.fields?.set(where.name ?? part.action_id, () => node.value);
  if (block.dispatch_action) node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !part.multiline) { event.preventDefault(); where.tap(part.action_id, node, block, node.value); }
  });
  return node;
}

function select(part, where, block) {
  const several = part.type.startsWith("multi_");
  const held = kept(part, where, block) ?? {};
  const chosen = where.typed?.get(where.name) ?? (several
    ? (held.selected_options ?? part.initial_options ?? []).map((one) => one.value)
    : held.selected_option?.value ?? part.initial_option?.value ?? "");
  const is = (value) => (several ? chosen?.includes(value) : chosen === value);
  const draw = (one) => make("option", { value: one.value, selected: is(one.value) }, words(one.text));
  const groups = (part.option_groups ?? []).map((group) => make("optgroup", { label: words(group.label) }, group.options.map(draw)));
  const none = several ? null : make("option", { value: "" }, words(part.placeholder) || "Choose…");
  const node = make("select", { ...attributes(part, where, "Choose"), multiple: several }, none, groups, (part.options ?? []).map(draw));
  const read = () => (several ? [...node.selectedOptions].map((one) => one.value) : node.value || null);
  return listen(part, where, block, node, read);
}

function named(part, where, block) {
  const held = kept(part, where, block) ?? {};
  const chosen = held.selected_user ?? held.selected_channel ?? held.selected_conversation ?? part[`initial_${part.type.split("_")[0].replace(/s$/, "")}`];
  const all = part.type.includes("users") ? [...desk.people.values()].map((one) => [one.id, one.real_name]) : [...desk.channels.values()].map((one) => [one.id, one.direct ? one.name : `#${one.name}`]);
  const node = make("select", attributes(part, where, "Choose"), make("option", { value: "" }, words(part.placeholder) || "Choose…"),
    all.map(([id, name]) => make("option", { value: id, selected: id === chosen }, name)));
  return listen(part, where, block, node, () => node.value || null);
}

function external(part, where, block) {
  const least = part.min_query_length ?? 3;
  const id = `${where.about?.id ?? part.action_id}-options`;
  const held = kept(part, where, block)?.selected_option ?? part.initial_option;
  let known = held ? [held] : [];
  const node = make("input", { ...attributes(part, where, "Search"), type: "text", list: id, autocomplete: "off", placeholder: words(part.placeholder) || "Type to search" });
  node.value = words(held?.text);
  const offers = make("datalist", { id });
  const look = async () => {
    if (node.value.length < least) return;
    known = (await act("suggest", { action: part.action_id, typed: node.value })).done;
    offers.replaceChildren(...known.map((one) => make("option", { value: words(one.text) })));
  };
  node.addEventListener("input", look);
  const read = () => known.find((one) => words(one.text) === node.value)?.value ?? null;
  listen(part, where, block, node, read);
  return make("div", {}, node, offers);
}

function choices(part, where, block) {
  const single = part.type === "radio_buttons";
  const held = kept(part, where, block) ?? {};
  const before = single ? [(held.selected_option ?? part.initial_option)?.value] : (held.selected_options ?? part.initial_options ?? []).map((one) => one.value);
  const typed = where.typed?.get(where.name);
  const chosen = typed === undefined ? before : [typed].flat();
  const group = `choice-${where.prefix ?? ""}${block.block_id}-${part.action_id}`;
  const node = make("div", { class: "choices" }, part.options.map((one) => make("label", { class: "choice" },
    make("input", { type: single ? "radio" : "checkbox", name: group, value: one.value, checked: chosen.includes(one.value) }),
    make("span", {}, words(one.text), one.description ? make("small", {}, words(one.description)) : null))));
  const read = () => {
    const values = [...node.querySelectorAll("input:checked")].map((one) => one.value);
    return single ? values[0] ?? null : values;
  };
  return listen(part, where, block, node, read);
}

function dateTime(part, where, block) {
  const type = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" }[part.type];
  const held = kept(part, where, block) ?? {};
  const node = make("input", { ...attributes(part, where, type), type });
  node.value = held.selected_date ?? held.selected_time ?? part.initial_date ?? part.initial_time ?? "";
  const read = () => (part.type === "datetimepicker" ? Math.floor(Date.parse(node.value) / 1000) || null : node.value || null);
  return listen(part, where, block, node, read);
}

function overflow(part, where, block) {
  const node = make("button", { class: "button square", type: "button", "aria-label": "More choices", "aria-haspopup": "menu" }, icon(DOTS));
  node.addEventListener("click", () => openMenu(node, part.options.map((one) => ({
    label: words(one.text), take: () => where.tap(part.action_id, node, block, one.value),
  }))));
  return node;
}

function feedback(part, where, block) {
  const side = (about, path) => {
    const node = make("button", { class: "icon", type: "button", "aria-label": about.accessibility_label || words(about.text), title: words(about.text), "aria-pressed": "false" }, icon(path));
    node.addEventListener("click", () => {
      for (const one of node.parentElement.children) one.setAttribute("aria-pressed", String(one === node));
      where.tap(part.action_id, node, block, about.value);
    });
    return node;
  };
  return make("span", { class: "feedback", role: "group", "aria-label": "Was this helpful?" }, side(part.positive_button, UP), side(part.negative_button, DOWN));
}

function iconButton(part, where, block) {
  return make("button", { class: "icon", type: "button", "aria-label": part.accessibility_label || words(part.text), title: words(part.text), onclick: (event) => where.tap(part.action_id, event.currentTarget, block) }, icon(BIN));
}

const unknown = (part) => make("span", { class: "no-picture" }, emoji(part.type));

const KINDS = {
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput, rich_text_input: textInput,
  static_select: select, multi_static_select: select, external_select: external,
  users_select: named, channels_select: named, conversations_select: named,
  radio_buttons: choices, checkboxes: choices, overflow,
  datepicker: dateTime, timepicker: dateTime, datetimepicker: dateTime,
  feedback_buttons: feedback, icon_button: iconButton,
};
