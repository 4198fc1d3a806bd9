// Puts the page together: where the person is, what they see, what they press.

import { composer, speak } from "./composer.js";
import { $, dayOf, initials, make } from "./dom.js";
import { refreshDrawer } from "./drawer.js";
import { refreshHome, showTabs, tell } from "./home.js";
import { drawMessage, drawStatus } from "./messages.js";
import { refreshModal } from "./modal.js";
import { showLast, toEnd, toStart } from "./scrolling.js";
import { drawPeople, drawPlaces } from "./side.js";
import { act, byApp, conversationOf, desk, isRoot, messagesIn, names, openAs, repliesTo, rootOf } from "./store.js";
import { startTheme } from "./theme.js";
import { notice } from "./tools.js";

const PATIENCE = 45_000; // milliseconds that "is working" is believed
const FIRST = "U0REGISTRAR";

const here = { channel: "", thread: "", openedBy: null };
const unread = new Set();

const listPlaces = () => drawPlaces(here, unread, (channel) => { go(channel); showSide(false); });
const mainBox = composer($("composer"), () => placeOfBox(null));
const threadBox = composer($("thread-composer"), () => placeOfBox(here.thread));

function placeOfBox(thread) {
  const place = desk.channels.get(here.channel);
  const label = thread ? "Reply in thread" : place?.direct ? `Ask ${names.person(desk.bot)}` : `Message #${place?.name ?? ""}`;
  return { channel: here.channel, thread_ts: thread || null, label, direct: place?.direct ?? false };
}

function drawPlace() {
  const place = desk.channels.get(here.channel);
  $("team").textContent = desk.team;
  $("place").replaceChildren(...(place.direct ? [names.person(desk.bot)] : [make("span", { class: "hash", "aria-hidden": "true" }, "#"), place.name]));
  $("topic").textContent = place.direct ? "Every message here is answered. Only you see this." : place.topic;
  $("log").setAttribute("aria-label", `Messages in ${place.name}`);
  document.title = `${place.direct ? names.person(desk.bot) : `#${place.name}`} · ${desk.team}`;
  mainBox.label();
  showTabs(place, drawPlace);
  fill($("log"), shownInChannel(), { openThread });
  drawEmpty(place);
  showLast($("log"));
}

function drawEmpty(place) {
  const empty = $("empty");
  const [begun, ...rest] = messagesIn(here.channel);
  empty.hidden = rest.length > 0 || (begun && begun.subtype !== "assistant_app_thread");
  if (empty.hidden) return;
  const offered = place.direct ? conversationOf(place.id, begun?.ts) : null;
  const ask = (question) => speak(place.direct ? question : `@${names.person(desk.bot)} ${question}`, { channel: here.channel, thread_ts: null });
  empty.replaceChildren(
    make("span", { class: "avatar large tone-app", "aria-hidden": "true" }, initials(names.person(desk.bot))),
    make("h2", {}, place.direct ? `Ask ${names.person(desk.bot)} anything about the trial` : `This is the start of #${place.name}`),
    make("p", {}, place.direct ? "Type a question, or start with one of these." : `Mention @${names.person(desk.bot)} with a question, or start with one of these.`),
    prompts(offered?.prompts.length ? offered.prompts : desk.suggestions.map((title) => ({ title, message: title })), ask));
}

function prompts(offered, ask) {
  return make("ul", { class: "suggestions" }, offered.map(({ title, message }) =>
    make("li", {}, make("button", { class: "chip", type: "button", onclick: () => { ask(message); mainBox.focus(); } }, title))));
}

const shownInChannel = () => messagesIn(here.channel).filter(isRoot);
const shownInThread = () => {
  const first = desk.messages.get(here.channel)?.get(here.thread);
  return first ? [first, ...repliesTo(here.channel, here.thread)] : [];
};

/** Fill a log without announcing what was there before. */
function fill(log, messages, where) {
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...messages.flatMap((message, place) => withDay(messages, place, drawMessage(message, where))));
  if (where.openThread) for (const message of messages) drawWaiting(log, message.ts);
  drawWaiting(log, where.openThread ? "" : here.thread);
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

function withDay(messages, place, node) {
  const day = dayOf(messages[place].ts);
  if (place && dayOf(messages[place - 1].ts) === day) return [node];
  return [make("div", { class: "day" }, make("span", {}, day)), node];
}

/** Put one new or changed message where it belongs. */
function place(log, message, where) {
  const scroll = log.parentElement;
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  const drawn = drawMessage(message, where);
  const old = log.querySelector(`[data-ts="${message.ts}"]`);
  if (old) exchangeFor(old, drawn);
  else log.append(...(log.querySelector(".day") ? [drawn] : [make("div", { class: "day" }, make("span", {}, dayOf(message.ts))), drawn]));
  for (const waiting of log.querySelectorAll(":scope > .waiting")) log.append(waiting);
  if (message.user === desk.you) toEnd(scroll);
  else if (atEnd) toStart(scroll, drawn);
}

/** Put a message in place of its older self: what was open or focused stays so. */
function exchangeFor(old, drawn) {
  const folds = [...drawn.querySelectorAll("details")];
  [...old.querySelectorAll("details")].forEach((fold, nth) => { if (folds[nth]) folds[nth].open = fold.open; });
  const pressable = "a, button, summary, input, select, textarea";
  const focused = [...old.querySelectorAll(pressable)].indexOf(document.activeElement);
  old.replaceWith(drawn);
  if (focused >= 0) ([...drawn.querySelectorAll(pressable)][focused] ?? drawn.closest(".scroll")).focus();
}

function drawWaiting(log, root) {
  const status = desk.statuses.get(`${here.channel} ${root}`);
  const inThread = log.id === "thread-log";
  const home = inThread || !root ? log : log.querySelector(`[data-ts="${root}"] .message-body`);
  home?.querySelector(":scope > .waiting")?.remove();
  if (!home || !status || (!status.failed && Date.now() - status.since > PATIENCE)) return;
  const drawn = drawStatus(status);
  home.append(drawn);
  if (!status.failed) setTimeout(() => drawn.remove(), PATIENCE);
  if (home === log || home.closest("article") === log.lastElementChild) toEnd(log.parentElement);
}

const HEARD = {
  loaded() {
    $("lost").hidden = true;
    if (!desk.channels.has(here.channel)) here.channel = desk.channels.keys().next().value;
    drawPeople();
    go(here.channel);
    refreshDrawer();
    refreshModal();
    followLink();
  },
  lost() { $("lost").hidden = false; },
  message(message) {
    if (message.channel !== here.channel) return noteUnread(message);
    $("empty").hidden = true;
    const first = desk.messages.get(here.channel).get(rootOf(message));
    if (isRoot(message)) place($("log"), message, { openThread });
    else if (first) place($("log"), first, { openThread });
    drawWaiting($("log"), rootOf(message));
    if (here.thread && rootOf(message) === here.thread) place($("thread-log"), message, {});
    else if (byApp(message) && !isRoot(message) && first?.user === desk.you) openThread(first.ts, false);
  },
  gone({ ts }) { for (const node of document.querySelectorAll(`[data-ts="${CSS.escape(ts)}"]`)) node.remove(); },
  status(status) {
    if (status.channel !== here.channel) return;
    drawWaiting($("log"), status.thread_ts);
    if (status.thread_ts === here.thread) drawWaiting($("thread-log"), here.thread);
  },
  exchange: refreshDrawer,
  views() { refreshHome(); refreshModal(); },
  conversation({ channel, thread_ts, title }) {
    if (channel !== here.channel) return;
    drawEmpty(desk.channels.get(channel));
    if (title && thread_ts === here.thread) $("thread-title").textContent = title;
  },
  run({ title, state, outputs, error }) {
    notice(state === "failed" ? `${title} failed: ${error}` : `${title}: ${Object.values(outputs).map(String).join(" · ")}`);
  },
};

/** Go where a permalink leads, once. */
function followLink() {
  const found = /^\/archives\/([^/]+)\/p(\d{10})(\d{6})$/.exec(location.pathname);
  if (!found || !desk.channels.has(found[1])) return;
  const thread = new URLSearchParams(location.search).get("thread_ts");
  history.replaceState(null, "", "/");
  go(found[1]);
  if (thread) openThread(thread);
  document.querySelector(`#${thread ? "thread-log" : "log"} [data-ts="${found[2]}.${found[3]}"]`)?.scrollIntoView({ block: "center" });
}

function noteUnread(message) {
  if (message.user !== desk.you) unread.add(message.channel);
  listPlaces();
}

function go(channel) {
  if (channel !== here.channel) closeThread(false);
  const entered = here.entered !== `${desk.you} ${channel}`;
  Object.assign(here, { channel, entered: `${desk.you} ${channel}` });
  unread.delete(channel);
  listPlaces();
  drawPlace();
  refreshHome();
  if (entered && desk.channels.get(channel).direct) tell();
  else if (entered && desk.features.conversation === "assistant") act("look-at", { channel }).catch(() => {});
  if (here.thread) openThread(here.thread, false);
}

/** Show a thread on the right; the focus moves only when the person opened it. */
function openThread(root, byPerson = true) {
  if (byPerson) here.openedBy = root;
  here.thread = root;
  $("thread").hidden = false;
  $("desk").classList.add("with-thread");
  const channel = desk.channels.get(here.channel);
  $("thread-place").textContent = channel.direct ? names.person(desk.bot) : `#${channel.name}`;
  $("thread-title").textContent = conversationOf(here.channel, root)?.title || "Thread";
  fill($("thread-log"), shownInThread(), {});
  threadBox.label();
  showLast($("thread-log"));
  if (byPerson) threadBox.focus();
}

function closeThread(focus = true) {
  if (!here.thread) return;
  const back = $("log").querySelector(`[data-ts="${here.thread}"] .thread-link`);
  here.thread = "";
  $("thread").hidden = true;
  $("desk").classList.remove("with-thread");
  if (focus) (back ?? $("words")).focus();
}

function showDrawer(open) {
  $("drawer").hidden = !open;
  $("drawer-open").setAttribute("aria-expanded", String(open));
  refreshDrawer();
  (open ? $("drawer-close") : $("drawer-open")).focus();
}

function showSide(open) {
  $("desk").classList.toggle("with-side", open);
  $("veil").hidden = !open;
  $("side-open").setAttribute("aria-expanded", String(open));
  if (open) $("channels").querySelector("button")?.focus();
}

function onEscape(event) {
  if (event.key !== "Escape" || $("modal").open) return;
  if ($("desk").classList.contains("with-side")) showSide(false);
  else if (!$("drawer").hidden && $("drawer").contains(document.activeElement)) showDrawer(false);
  else if (here.thread) closeThread();
  else if (!$("drawer").hidden) showDrawer(false);
}

function start() {
  const heard = (kind, body) => HEARD[kind](body);
  const openPerson = (user) => { sessionStorage.setItem("person", user); unread.clear(); closeThread(false); openAs(user, heard); };
  startTheme();
  $("person").addEventListener("change", (event) => { here.channel = desk.channels.get(here.channel)?.direct ? "" : here.channel; openPerson(event.target.value); });
  $("thread-close").addEventListener("click", () => closeThread());
  $("drawer-open").addEventListener("click", () => showDrawer($("drawer").hidden));
  $("drawer-close").addEventListener("click", () => showDrawer(false));
  $("drawer-filter").addEventListener("change", refreshDrawer);
  $("side-open").addEventListener("click", () => showSide(true));
  $("side-close").addEventListener("click", () => { showSide(false); $("side-open").focus(); });
  $("veil").addEventListener("click", () => showSide(false));
  document.addEventListener("keydown", onEscape);
  openPerson(sessionStorage.getItem("person") ?? FIRST);
}

start();
