// Draws Block Kit blocks; each kind is a small function from a block to a node.

import { control, inputBlock } from "./controls.js";
import { make } from "./dom.js";
import { markdown } from "./markdown.js";
import { emoji, inline, link, mention, mrkdwn } from "./mrkdwn.js";

/** Nodes for all blocks; `surroundings` gives names and hears taps. */
export function drawBlocks(blocks, surroundings) {
  return blocks.flatMap((block) => (DRAW[block.type] ?? unknown)(block, surroundings));
}

function text(part, { names }) {
  return part.type === "mrkdwn" ? mrkdwn(part.text, names) : [make("p", {}, part.text)];
}

function brief(part, { names }) {
  return part.type === "mrkdwn" ? inline(part.text, names) : [part.text];
}

function picture(block, caption) {
  const kept = block.slack_file;
  const address = block.image_url ?? (kept?.url ? new URL(kept.url).pathname : `/files/${encodeURIComponent(kept?.id ?? "")}`);
  const missing = () => image.replaceWith(make("p", { class: "no-picture" }, `Picture: ${block.alt_text}`));
  const image = make("img", { src: address, alt: block.alt_text, loading: "lazy", onerror: missing });
  if (!caption) return image;
  return make("figure", {}, image, block.title ? make("figcaption", {}, block.title.text) : null);
}

function button(element, surroundings, block) {
  const kind = `button ${element.style ?? ""}`.trim();
  if (element.url) {
    return make("a", { class: kind, href: /^https?:/i.test(element.url) ? element.url : "#", target: "_blank", rel: "noopener noreferrer" }, element.text.text);
  }
  const tap = (event) => confirmed(element.confirm) && surroundings.tap(element.action_id || element.value, event.currentTarget, block);
  return make("button", { class: kind, type: "button", "aria-label": element.accessibility_label, "data-control": element.action_id, onclick: tap }, element.text.text);
}

const confirmed = (asked) => !asked || window.confirm(`${asked.title.text}\n\n${asked.text.text}`);

function element(part, surroundings, block) {
  if (part.type === "button") return button(part, surroundings, block);
  if (part.type === "image") return picture(part, false);
  return control(part, surroundings, block);
}

function section(block, surroundings) {
  const fields = (block.fields ?? []).map((field) => make("div", { class: "field" }, text(field, surroundings)));
  return make("div", { class: block.accessory ? "section with-accessory" : "section" },
    make("div", { class: "section-text" },
      block.text ? text(block.text, surroundings) : null,
      fields.length ? make("div", { class: "fields" }, fields) : null),
    block.accessory ? element(block.accessory, surroundings, block) : null);
}

function context(block, surroundings) {
  return make("div", { class: "context" }, block.elements.map((part) =>
    part.type === "image" ? picture(part, false) : make("span", {}, brief(part, surroundings))));
}

function container(block, surroundings) {
  const title = block.rich_text_title ? richLine(block.rich_text_title.elements ?? [], surroundings) : [block.title.text];
  const subtitle = block.subtitle ? make("span", { class: "subtitle" }, brief(block.subtitle, surroundings)) : null;
  const inside = make("div", { class: "fold-inside" }, drawBlocks(block.child_blocks, surroundings));
  if (!block.is_collapsible) return make("section", { class: "box" }, make("h4", {}, title), subtitle, inside);
  return make("details", { class: "fold", open: !block.default_collapsed }, make("summary", {}, make("span", {}, title, " ", subtitle)), inside);
}

function richText(block, surroundings) {
  return make("div", { class: "section" }, block.elements.map((part) => (RICH[part.type] ?? RICH.rich_text_section)(part, surroundings)));
}

const RICH = {
  rich_text_section: (part, where) => make("p", {}, richLine(part.elements ?? [], where)),
  rich_text_quote: (part, where) => make("blockquote", {}, richLine(part.elements, where)),
  rich_text_preformatted: (part, where) => make("pre", {}, make("code", {}, richLine(part.elements, where))),
  rich_text_list: (part, where) => make(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => make("li", {}, richLine(item.elements, where)))),
};

function richLine(parts, { names }) {
  return parts.flatMap((part) => {
    if (part.type === "user") return mention(part.user_id, names);
    if (part.type === "link") return link(part.url, part.text || part.url);
    if (part.type === "emoji") return emoji(part.name);
    if (part.type === "rich_text_section") return richLine(part.elements, { names });
    return styled(part.text ?? "", part.style ?? {});
  });
}

function styled(words, style) {
  const lines = words.split("\n").flatMap((line, place) => (place ? [make("br"), line] : [line]));
  const wraps = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]];
  return wraps.reduce((nodes, [name, tag]) => (style[name] ? [make(tag, {}, nodes)] : nodes), lines);
}

function table(block, where) {
  const [head, ...rows] = block.rows;
  const align = (at) => block.column_settings?.[at]?.align ?? "left";
  const cell = (tag, part, at, scope) => make(tag, { class: `to-${align(at)}`, scope }, part.type === "rich_text" ? richText(part, where) : part.text ?? String(part.value ?? ""));
  return make("div", { class: "table", tabindex: "0", role: "region", "aria-label": block.caption ?? "Table" },
    make("table", {},
      block.caption ? make("caption", {}, block.caption) : null,
      make("thead", {}, make("tr", {}, head.map((part, at) => cell("th", part, at, "col")))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((part, at) => cell(at ? "td" : "th", part, at, at ? null : "row")))))));
}

function card(block, where) {
  return make("section", { class: "box card" },
    block.hero_image ? picture(block.hero_image, false) : null,
    block.title ? make("h4", {}, brief(block.title, where)) : null,
    block.subtitle ? make("p", { class: "subtitle" }, brief(block.subtitle, where)) : null,
    block.body ? text(block.body, where) : null,
    block.actions?.length ? make("div", { class: "actions" }, block.actions.map((part) => element(part, where, block))) : null);
}

const TASK = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };
const task = (one) => make("li", { class: `task ${one.status}` },
  make("span", { "aria-hidden": "true" }, TASK[one.status] ?? "○"), make("span", {}, one.title), make("span", { class: "unseen" }, `, ${one.status.replace("_", " ")}`));

function plan(block) {
  return make("details", { class: "fold", open: true }, make("summary", {}, make("span", {}, block.title)),
    make("div", { class: "fold-inside" }, make("ul", { class: "tasks" }, (block.tasks ?? []).map(task))));
}

const unknown = (block) => make("p", { class: "no-picture" }, `This page cannot draw a block of the type “${block.type}”.`);

const DRAW = {
  section,
  context,
  container,
  rich_text: richText,
  header: (block) => make("h3", {}, block.text.text),
  divider: () => make("hr"),
  image: (block) => picture(block, true),
  actions: (block, where) => make("div", { class: "actions" }, block.elements.map((part) => element(part, where, block))),
  markdown: (block, where) => make("div", { class: "section" }, markdown(block.text, where.names)),
  context_actions: (block, where) => make("div", { class: "context-actions" }, block.elements.map((part) => control(part, where, block))),
  input: (block, where) => inputBlock(block, where),
  alert: (block, where) => make("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, brief(block.text, where)),
  table, data_table: table, card, plan,
  carousel: (block, where) => make("div", { class: "carousel", tabindex: "0" }, block.elements.map((one) => card(one, where))),
  task_card: (block) => make("ul", { class: "tasks" }, task(block)),
};
