// Draws the Markdown of `markdown` blocks: headings and tables here, the rest as mrkdwn.

import { make } from "./dom.js";
import { inline, mrkdwn } from "./mrkdwn.js";

const asMrkdwn = (text) => text
  .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>")
  .replace(/(?<!\*)\*(?!\*|\s)([^*\n]+)\*(?!\*)/g, "_$1_")
  .replace(/\*\*(.+?)\*\*/g, "*$1*")
  .replace(/~~(.+?)~~/g, "~$1~");

/** Nodes for a Markdown text. */
export function markdown(text, names) {
  return text.split(/\n{2,}|(?=^#{1,6} )/m).flatMap((part) => paragraph(part.trim(), names));
}

function paragraph(part, names) {
  const heading = /^(#{1,6}) (.*)(?:\n([\s\S]*))?$/.exec(part);
  if (heading) return [make("h3", {}, inline(asMrkdwn(heading[2]), names)), ...(heading[3] ? markdown(heading[3], names) : [])];
  const lines = part.split("\n");
  if (lines.length > 1 && /^\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1])) return [grid(lines, names)];
  return mrkdwn(asMrkdwn(part.replace(/^(\s*)[*+] /gm, "$1- ")), names);
}

function grid(lines, names) {
  const cells = (line) => line.replace(/^\||\|$/g, "").split("|").map((cell) => inline(asMrkdwn(cell.trim()), names));
  const [head, , ...rows] = lines;
  return make("div", { class: "table", tabindex: "0" }, make("table", {},
    make("thead", {}, make("tr", {}, cells(head).map((cell) => make("th", { scope: "col" }, cell)))),
    make("tbody", {}, rows.map((row) => make("tr", {}, cells(row).map((cell) => make("td", {}, cell)))))));
}
