// What hangs under the words of a message: files, what links lead to.

import { drawBlocks } from "./blocks.js";
import { make } from "./dom.js";
import { link, mrkdwn } from "./mrkdwn.js";

const SHOWN = /^image\//;
const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`);
const here = (address) => new URL(address).pathname;

export function files(message) {
  return (message.files ?? []).map((file) => (SHOWN.test(file.mimetype) ? shown(file) : saved(file)));
}

function shown(file) {
  return make("figure", { class: "file" },
    make("a", { href: here(file.url_private), target: "_blank", rel: "noopener" }, make("img", { src: here(file.url_private), alt: file.alt_txt || file.title, loading: "lazy" })),
    make("figcaption", {}, file.title));
}

function saved(file) {
  return make("a", { class: "file-link", href: here(file.url_private), download: file.name },
    make("span", { class: "file-kind", "aria-hidden": "true" }, file.filetype.toUpperCase().slice(0, 4)),
    make("span", {}, make("strong", {}, file.title), make("small", {}, size(file.size))));
}

export function attachments(message, surroundings) {
  return (message.attachments ?? []).map((one) => make("section", { class: "unfurled", "aria-label": one.from_url ? "Preview of a link" : "Attachment" },
    one.title ? make("strong", {}, one.title_link ? link(one.title_link, one.title) : one.title) : null,
    one.text ? mrkdwn(one.text, surroundings.names) : null,
    one.blocks ? drawBlocks(one.blocks, surroundings) : null));
}
