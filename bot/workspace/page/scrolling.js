// Moves a list of messages so that what is new can be read from its first line.

export function toEnd(scroll) {
  requestAnimationFrame(() => { scroll.scrollTop = scroll.scrollHeight; });
}

export function showLast(log) {
  const last = log.querySelector("article:last-of-type");
  if (last) toStart(log.parentElement, last);
}

/** Show a new message from its first line, also when it is taller than the screen. */
export function toStart(scroll, drawn) {
  requestAnimationFrame(() => {
    const top = drawn.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop;
    scroll.scrollTop = Math.min(scroll.scrollHeight, top - 8);
  });
}
