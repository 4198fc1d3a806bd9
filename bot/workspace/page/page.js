// Puts the page together: where the person is, what they see, what they press.

import { composer, speak } from "./composer.js";
import { $, dayOf, icon, initials, make } from "./dom.js";
import { refreshDrawer } from "./drawer.js";
import { drawMessage, drawStatus, tone } from "./messages.js";
import { byApp, desk, isRoot, messagesIn, names, openAs, repliesTo, rootOf } from "./store.js";
import { showLast, toEnd, toStart } from "./scrolling.js";
import { startTheme } from "./theme.js";

const HASH = "M7.5 3L6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14";
const PATIENCE = 45_000; // milliseconds that "is working" is believed
const FIRST = "U0REGISTRAR";

const here = { channel: "", thread: "", openedBy: null };
const unread = new Set();

const mainBox = composer($("composer"), () => placeOfBox(null));
const threadBox = composer($("thread-composer"), () => placeOfBox(here.thread));

function placeOfBox(thread) {
  const place = desk.channels.get(here.channel);
  const label = thread ? "Reply in thread" : place?.direct ? `Ask ${names.person(desk.bot)}` : `Message #${place?.name ?? ""}`;
  return { channel: here.channel, thread_ts: thread || null, label, direct: place?.direct ?? false };
}

function drawPlaces() {
  const row = (place) => {
    const current = place.id === here.channel;
    const name = place.direct ? names.person(desk.bot) : place.name;
    const sign = place.direct ? make("span", { class: "avatar small tone-app", "aria-hidden": "true" }, initials(name)) : icon(HASH);
    const news = unread.has(place.id) && !current;
    return make("li", {}, make("button", {
      type: "button", class: news ? "place news" : "place", "aria-current": current ? "page" : null,
      "data-channel": place.id, onclick: () => { go(place.id); showSide(false); },
    }, sign, make("span", {}, name), place.direct ? make("span", { class: "app" }, "APP") : null, news ? make("span", { class: "dot" }, make("span", { class: "unseen" }, "new messages")) : null));
  };
  const places = [...desk.channels.values()];
  $("channels").replaceChildren(...places.filter((place) => !place.direct).map(row));
  $("directs").replaceChildren(...places.filter((place) => place.direct).map(row));
}

function drawPeople() {
  const people = [...desk.people.values()].filter((person) => !person.is_bot);
  $("person").replaceChildren(...people.map((person) => make("option", { value: person.id, selected: person.id === desk.you }, person.title || person.real_name)));
  $("your-name").textContent = names.person(desk.you);
  $("your-avatar").textContent = initials(names.person(desk.you));
  $("your-avatar").className = `avatar tone-${tone(desk.you)}`;
}

function drawPlace() {
  const place = desk.channels.get(here.channel);
  $("team").textContent = desk.team;
  $("place").replaceChildren(...(place.direct ? [names.person(desk.bot)] : [make("span", { class: "hash", "aria-hidden": "true" }, "#"), place.name]));
  $("topic").textContent = place.direct ? "Every message here is answered. Only you see this." : place.topic;
  $("log").setAttribute("aria-label", `Messages in ${place.name}`);
  document.title = `${place.direct ? names.person(desk.bot) : `#${place.name}`} · ${desk.team}`;
  mainBox.label();
  fill($("log"), shownInChannel(), { openThread });
  drawEmpty(place);
  showLast($("log"));
}

function drawEmpty(place) {
  const empty = $("empty");
  empty.hidden = messagesIn(here.channel).length > 0;
  if (empty.hidden) return;
  const ask = (question) => speak(place.direct ? question : `@${names.person(desk.bot)} ${question}`, { channel: here.channel, thread_ts: null });
  empty.replaceChildren(
    make("span", { class: "avatar large tone-app", "aria-hidden": "true" }, initials(names.person(desk.bot))),
    make("h2", {}, place.direct ? `Ask ${names.person(desk.bot)} anything about the trial` : `This is the start of #${place.name}`),
    make("p", {}, place.direct ? "Type a question, or start with one of these." : `Mention @${names.person(desk.bot)} with a question, or start with one of these.`),
    make("ul", { class: "suggestions" }, desk.suggestions.map((question) =>
      make("li", {}, make("button", { class: "chip", type: "button", onclick: () => { ask(question); mainBox.focus(); } }, question)))));
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
  const pressable = "a, button, summary";
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
};

function noteUnread(message) {
  if (message.user !== desk.you) unread.add(message.channel);
  drawPlaces();
}

function go(channel) {
  if (channel !== here.channel) closeThread(false);
  here.channel = channel;
  unread.delete(channel);
  drawPlaces();
  drawPlace();
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
  if (event.key !== "Escape") return;
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
