// Draws Block Kit blocks; each kind is a small function from a block to a node.

import { make } from "./dom.js";
import { emoji, inline, link, mention, mrkdwn } from "./mrkdwn.js";

/** Nodes for all blocks; `surroundings` gives names and hears taps. */
export function drawBlocks(blocks, surroundings) {
  return blocks.map((block) => (DRAW[block.type] ?? unknown)(block, surroundings));
}

function text(part, { names }) {
  return part.type === "mrkdwn" ? mrkdwn(part.text, names) : [make("p", {}, part.text)];
}

function brief(part, { names }) {
  return part.type === "mrkdwn" ? inline(part.text, names) : [part.text];
}

function picture(block, caption) {
  const address = block.image_url ?? block.slack_file?.url ?? `/files/${encodeURIComponent(block.slack_file?.id ?? "")}`;
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
  const tap = (event) => surroundings.tap(element.action_id || element.value, event.currentTarget, block);
  return make("button", { class: kind, type: "button", "aria-label": element.accessibility_label, onclick: tap }, element.text.text);
}

function element(part, surroundings, block) {
  if (part.type === "button") return button(part, surroundings, block);
  if (part.type === "image") return picture(part, false);
  return make("span", {}, `(${part.type})`);
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
  markdown: (block, where) => make("div", { class: "section" }, mrkdwn(block.text.replaceAll("**", "*"), where.names)),
};
