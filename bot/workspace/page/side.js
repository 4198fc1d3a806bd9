// The side: the places one can go to, and who one is.

import { $, icon, initials, make } from "./dom.js";
import { tone } from "./messages.js";
import { desk, names } from "./store.js";

const HASH = "M7.5 3L6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14";

export function drawPlaces(here, unread, go) {
  const row = (place) => {
    const current = place.id === here.channel;
    const name = place.direct ? names.person(desk.bot) : place.name;
    const sign = place.direct ? make("span", { class: "avatar small tone-app", "aria-hidden": "true" }, initials(name)) : icon(HASH);
    const news = unread.has(place.id) && !current;
    return make("li", {}, make("button", {
      type: "button", class: news ? "place news" : "place", "aria-current": current ? "page" : null,
      "data-channel": place.id, onclick: () => go(place.id),
    }, sign, make("span", {}, name), place.direct ? make("span", { class: "app" }, "APP") : null, news ? make("span", { class: "dot" }, make("span", { class: "unseen" }, "new messages")) : null));
  };
  const places = [...desk.channels.values()];
  $("channels").replaceChildren(...places.filter((place) => !place.direct).map(row));
  $("directs").replaceChildren(...places.filter((place) => place.direct).map(row));
}

export function drawPeople() {
  const people = [...desk.people.values()].filter((person) => !person.is_bot);
  $("person").replaceChildren(...people.map((person) => make("option", { value: person.id, selected: person.id === desk.you }, person.title || person.real_name)));
  $("your-name").textContent = names.person(desk.you);
  $("your-avatar").textContent = initials(names.person(desk.you));
  $("your-avatar").className = `avatar tone-${tone(desk.you)}`;
}
