// Arrow keys walk a week while one of its visits has the focus: up and down within a day, left and
// right to the nearest hour of another day. Tab walks it without any of this.
const middle = (link) => {
  const box = link.getBoundingClientRect();
  return box.y + box.height / 2;
};

for (const week of document.querySelectorAll('[data-does~="week"]')) {
  const days = () =>
    [...week.querySelectorAll("section")]
      .map((day) => [...day.querySelectorAll("a")].filter((link) => link.offsetParent))
      .filter((links) => links.length);

  week.addEventListener("keydown", (event) => {
    const here = event.target.closest("a");
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = days();
    const at = all.findIndex((links) => links.includes(here));
    if (at < 0) return;
    const within = all[at];
    const nearest = (links) =>
      links?.reduce((best, link) =>
        Math.abs(middle(link) - middle(here)) < Math.abs(middle(best) - middle(here)) ? link : best,
      );
    const next = {
      ArrowUp: () => within[within.indexOf(here) - 1],
      ArrowDown: () => within[within.indexOf(here) + 1],
      ArrowLeft: () => nearest(all[at - 1]),
      ArrowRight: () => nearest(all[at + 1]),
    }[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
