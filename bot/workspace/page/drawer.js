// Shows developers what the workspace and the app say to each other.

import { $, make } from "./dom.js";
import { desk } from "./store.js";

const OUT = new Set(["events", "commands", "actions", "shortcuts", "views", "options"]);
const LABEL = { events: "Event", commands: "Command", actions: "Action", shortcuts: "Shortcut", views: "View", options: "Options", web_api: "Web API", response: "Response" };

const isOut = (exchange) => OUT.has(exchange.direction);

export function refreshDrawer() {
  $("drawer-count").textContent = String(desk.exchanges.length);
  if ($("drawer").hidden) return;
  const wanted = $("drawer-filter").value;
  const shown = desk.exchanges.filter((exchange) => !wanted || (wanted === "out") === isOut(exchange)).reverse();
  const drawn = new Map([...$("exchanges").children].map((node) => [node.dataset.number, node]));
  $("exchanges").replaceChildren(...(shown.length
    ? shown.map((exchange) => drawn.get(String(exchange.number)) ?? drawExchange(exchange))
    : [make("p", { class: "nothing" }, "Nothing was said yet. Ask something in a channel.")]));
}

function drawExchange(exchange) {
  const ok = exchange.status >= 200 && exchange.status < 300 && exchange.response?.ok !== false;
  const details = make("details", { class: "exchange", "data-number": exchange.number },
    make("summary", {},
      make("span", { class: isOut(exchange) ? "way out" : "way in" }, isOut(exchange) ? "to app" : "from app"),
      make("span", { class: "kind" }, LABEL[exchange.direction]),
      make("strong", {}, exchange.name),
      exchange.attempt ? make("span", { class: "tag" }, `retry ${exchange.attempt}`) : null,
      exchange.note ? make("span", { class: "tag bad" }, exchange.note) : null,
      exchange.response?.error ? make("span", { class: "tag bad" }, exchange.response.error) : null,
      make("span", { class: ok ? "status ok" : "status bad" }, exchange.status ? String(exchange.status) : "no answer"),
      make("span", { class: "took" }, `${exchange.elapsed_ms} ms`)));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(bodies(exchange));
  });
  return details;
}

function bodies(exchange) {
  return make("div", { class: "bodies" }, part("Request", exchange.request), part("Response", exchange.response));
}

function part(title, body) {
  const shown = typeof body === "string" ? body || "(empty)" : JSON.stringify(body, null, 2);
  return make("div", {}, make("h3", {}, title), make("pre", { tabindex: "0", "aria-label": title }, make("code", {}, shown)));
}
