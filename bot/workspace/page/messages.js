// Draws one message with its author, time, blocks, buttons and the way into its thread.

import { drawBlocks } from "./blocks.js";
import { clock, icon, initials, make, timeOf } from "./dom.js";
import { attachments, files } from "./extras.js";
import { emoji, mrkdwn } from "./mrkdwn.js";
import { act, byApp, conversationOf, desk, isRoot, names, repliesTo } from "./store.js";
import { editor, tools } from "./tools.js";

const EYE = "M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z";

/** A message as an article; `where` says how threads are opened, if they are. */
export function drawMessage(message, where) {
  const person = desk.people.get(message.user);
  const name = person?.real_name ?? message.user;
  const article = make("article", { class: kinds(message), "data-ts": message.ts, "aria-label": `${name}, ${clock(message.ts)}` },
    make("span", { class: `avatar tone-${tone(message.user)}`, "aria-hidden": "true" }, initials(name)),
    make("div", { class: "message-body" },
      message.only_for ? make("p", { class: "only-you" }, icon(EYE), "Only visible to you") : null,
      heading(message, person, name),
      make("div", { class: "blocks" }, content(message)),
      files(message),
      reactions(message),
      where.openThread ? threadLink(message, where) : null),
    tools(message, { ...where, edit: () => edit(article, message) }));
  return article;
}

function edit(article, message) {
  const words = article.querySelector(".blocks");
  const box = editor(message, typedOf(message), () => box.replaceWith(words));
  words.replaceWith(box);
}

/** What its author typed: names and links instead of markup. */
function typedOf(message) {
  const plain = message.text.replace(/<@([A-Z0-9]+)>/g, (_, user) => `@${names.person(user)}`).replace(/<(https?:[^>|]+)>/g, "$1");
  return plain.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function kinds(message) {
  return ["message", byApp(message) && "by-app", message.only_for && "ephemeral"].filter(Boolean).join(" ");
}

function heading(message, person, name) {
  const when = timeOf(message.ts);
  return make("header", {},
    make("span", { class: "author" }, name),
    byApp(message) ? make("span", { class: "app" }, "APP") : make("span", { class: "role" }, person?.title ?? ""),
    make("time", { datetime: when.toISOString(), title: when.toLocaleString("en-GB") }, clock(message.ts)),
    message.edited ? make("span", { class: "edited" }, "(edited)") : null);
}

function content(message) {
  const tap = (action, node, _block, choice) => tapped(message, action, node, choice);
  const surroundings = { names, tap, prefix: `${message.ts}-` };
  const blocks = message.blocks ?? [];
  const words = message.subtype === "tombstone" ? [make("p", { class: "stone" }, message.text)] : mrkdwn(message.text, names);
  return [...(blocks.length ? drawBlocks(blocks, surroundings) : words), ...attachments(message, surroundings)];
}

async function tapped(message, action, node, choice) {
  node.setAttribute("aria-busy", "true");
  try {
    await act("choose", { channel: message.channel, ts: message.ts, action, choice: choice ?? null });
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return make("p", { class: "reactions" }, message.reactions.map(({ name, count, users }) =>
    make("button", {
      class: "reaction", type: "button", "aria-label": `${name.replaceAll("_", " ")}, ${count}`, "aria-pressed": String(users.includes(desk.you)), title: users.map(names.person).join(", "),
      onclick: () => act("react", { channel: message.channel, ts: message.ts, name }),
    }, `${emoji(name)} ${count}`)));
}

function threadLink(message, where) {
  const replies = repliesTo(message.channel, message.ts);
  if (!isRoot(message) || !replies.length) return null;
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return make("button", { class: "thread-link", type: "button", onclick: () => where.openThread(message.ts) },
    make("span", { class: `avatar small tone-${tone(replies.at(-1).user)}`, "aria-hidden": "true" }, initials(names.person(replies.at(-1).user))),
    make("strong", {}, count),
    make("span", {}, `last at ${clock(replies.at(-1).ts)}`));
}

/** The line that says what a thread waits for, with what ends it where the app listens for that. */
export function drawStatus(status) {
  const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
  return make("p", { class: status.failed ? "waiting failed" : "waiting" },
    status.failed ? null : dots,
    make("span", {}, `${names.person(desk.bot)} ${status.text}`),
    status.loading?.length ? inTurn(status.loading) : null,
    stoppable(status) ? stop(status) : null);
}

const TURN = 3_000; // milliseconds that each loading message stays

/** Loading messages, one after the other; silent for those who listen, still for those who asked for that. */
function inTurn(words) {
  const shown = make("small", { class: "loading", "aria-hidden": "true" }, words[0]);
  if (words.length === 1 || matchMedia("(prefers-reduced-motion: reduce)").matches) return shown;
  let at = 0;
  const timer = setInterval(() => {
    if (!shown.isConnected) return clearInterval(timer);
    shown.textContent = words[++at % words.length];
  }, TURN);
  return shown;
}

function stoppable({ channel, thread_ts, failed }) {
  return !failed && desk.features.stoppable && conversationOf(channel, thread_ts)?.session === "processing";
}

function stop({ channel, thread_ts }) {
  const button = make("button", { class: "button stop", type: "button", onclick: () => {
    button.disabled = true;
    act("stop", { channel, thread_ts }).catch(() => { button.disabled = false; });
  } }, make("span", { "aria-hidden": "true" }, "■ "), "Stop");
  return button;
}

export function tone(user) {
  if (user === desk.bot) return "app";
  return [...desk.people.keys()].indexOf(user) % 4;
}
