// Holds what the person sees, and keeps it fresh through server-sent events.

const KINDS = ["message", "gone", "status", "exchange", "views", "conversation", "run"];
const KEPT = 300; // exchanges, as many as the workspace keeps

export const desk = {
  you: "", bot: "", team: "", command: "", suggestions: [],
  features: { shortcuts: [], steps: [], home_tab: false }, views: { home: null, modal: null, depth: 0 }, conversations: new Map(),
  people: new Map(), channels: new Map(), messages: new Map(), statuses: new Map(), exchanges: [],
};

export const names = {
  get you() { return desk.you; },
  person: (id) => desk.people.get(id)?.real_name ?? id,
  channel: (id) => desk.channels.get(id)?.name ?? id,
};

let stream = null;

/** Load everything this person sees, then hear of every change. */
export async function openAs(user, heard) {
  stream?.close();
  stream = new EventSource(`/desk/stream?user=${encodeURIComponent(user)}`);
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => heard(kind, keep(kind, JSON.parse(event.data))));
  }
  stream.onopen = async () => { await load(user); heard("loaded"); };
  stream.onerror = () => heard("lost");
}

async function load(user) {
  const seen = await (await fetch(`/desk/state?user=${encodeURIComponent(user)}`)).json();
  Object.assign(desk, { you: seen.you, bot: seen.bot, team: seen.team, command: seen.command, suggestions: seen.suggestions });
  desk.people = new Map(seen.people.map((person) => [person.id, person]));
  desk.channels = new Map(seen.channels.map((place) => [place.id, place]));
  desk.messages = new Map(seen.channels.map((place) => [place.id, new Map()]));
  desk.statuses = new Map();
  desk.exchanges = seen.exchanges;
  Object.assign(desk, { features: seen.features, views: seen.views, conversations: new Map() });
  for (const conversation of seen.conversations) keep("conversation", conversation);
  for (const message of seen.messages) keep("message", message);
  for (const status of seen.statuses) keep("status", status);
}

function keep(kind, body) {
  const place = desk.messages.get(body.channel);
  if (kind === "message") place?.set(body.ts, body);
  if (kind === "gone") place?.delete(body.ts);
  if (kind === "status") keepStatus(body);
  if (kind === "views") desk.views = body;
  if (kind === "conversation") desk.conversations.set(`${body.channel} ${body.thread_ts}`, body);
  if (kind === "exchange") desk.exchanges = [...desk.exchanges, body].slice(-KEPT);
  return body;
}

function keepStatus(status) {
  const key = `${status.channel} ${status.thread_ts}`;
  if (status.text) desk.statuses.set(key, { ...status, since: Date.now() });
  else desk.statuses.delete(key);
}

export const rootOf = (message) => message.thread_ts ?? message.ts;
export const isRoot = (message) => rootOf(message) === message.ts;
export const byApp = (message) => message.user === desk.bot;

export function messagesIn(channel) {
  return [...(desk.messages.get(channel)?.values() ?? [])].sort((a, b) => a.ts - b.ts);
}

export function repliesTo(channel, root) {
  return messagesIn(channel).filter((message) => rootOf(message) === root && message.ts !== root);
}

export async function send(what, body) {
  const response = await fetch(`/desk/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user: desk.you, ...body }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** Do something on the person's seat. */
export const act = (what, body) => send(`act/${what}`, body);

export const conversationOf = (channel, thread = "") => desk.conversations.get(`${channel} ${thread}`);
