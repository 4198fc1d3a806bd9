// Turns Slack's mrkdwn into nodes.

import { make } from "./dom.js";

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(?<bold>[^*\\s](?:[^*\\n]*[^*\\s])?)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?<italic>[^_\\s](?:[^_\\n]*[^_\\s])?)_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?<strike>[^~\\s](?:[^~\\n]*[^~\\s])?)~(?![\\p{L}\\p{N}~])",
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);
const EMOJI = {
  white_check_mark: "✅", warning: "⚠️", eyes: "👀", information_source: "ℹ️", rotating_light: "🚨",
  bar_chart: "📊", books: "📚", mag: "🔍", bulb: "💡", wave: "👋", "+1": "👍", "-1": "👎", bell: "🔔",
  hourglass_flowing_sand: "⏳", phone: "☎️", telephone_receiver: "📞", link: "🔗", pushpin: "📌",
};
const SAFE = /^(?:https?:\/\/|mailto:)/i;

export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Nodes for a text in mrkdwn: paragraphs, lists, quotes and code. */
export function mrkdwn(text, names) {
  return text.split(/```\n?([\s\S]+?)\n?```/).flatMap((part, place) =>
    place % 2 ? make("pre", {}, make("code", {}, plain(part))) : paragraphs(part, names));
}

/** Nodes for one line of mrkdwn. */
export function inline(text, names) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(plain(text.slice(end, found.index)), styled(found, names));
    end = found.index + found[0].length;
  }
  nodes.push(plain(text.slice(end)));
  return nodes.filter((node) => node !== "");
}

function styled({ groups }, names) {
  if (groups.code) return make("code", {}, plain(groups.code));
  if (groups.angle) return angled(groups.angle, names);
  if (groups.bold) return make("strong", {}, inline(groups.bold, names));
  if (groups.italic) return make("em", {}, inline(groups.italic, names));
  if (groups.strike) return make("s", {}, inline(groups.strike, names));
  return emoji(groups.emoji);
}

function angled(inside, names) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1), names);
  if (target.startsWith("#")) return make("span", { class: "mention" }, `#${label || names.channel(target.slice(1))}`);
  if (target.startsWith("!date^")) return plain(label ?? target);
  if (target.startsWith("!")) return make("span", { class: "mention" }, `@${label || target.slice(1)}`);
  return link(plain(target), plain(label || target));
}

export function mention(user, names) {
  return make("span", { class: user === names.you ? "mention me" : "mention" }, `@${names.person(user)}`);
}

export function link(target, label) {
  if (!SAFE.test(target)) return label;
  return make("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label);
}

function paragraphs(text, names) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (last && last.kind === kind && kind !== "gap") last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.filter(({ kind }) => kind !== "gap").map(({ kind, lines }) => GROUP[kind](lines, names));
}

function kindOf(line) {
  if (!line.trim()) return "gap";
  if (/^(?:&gt;|>)/.test(line)) return "quote";
  if (/^\s*[•◦‣-]\s+/.test(line)) return "bullets";
  if (/^\s*\d+\.\s+/.test(line)) return "numbers";
  return "words";
}

const broken = (lines, names) =>
  lines.flatMap((line, place) => (place ? [make("br"), ...inline(line, names)] : inline(line, names)));
const items = (lines, mark, names) =>
  lines.map((line) => make("li", {}, inline(line.replace(mark, ""), names)));

const GROUP = {
  words: (lines, names) => make("p", {}, broken(lines, names)),
  quote: (lines, names) => make("blockquote", {}, mrkdwn(lines.map((line) => line.replace(/^(?:&gt;|>)\s?/, "")).join("\n"), names)),
  bullets: (lines, names) => make("ul", {}, items(lines, /^\s*[•◦‣-]\s+/, names)),
  numbers: (lines, names) =>
    make("ol", { start: Number.parseInt(lines[0], 10) }, items(lines, /^\s*\d+\.\s+/, names)),
};
