// A form that came back: the summary takes focus, and its links put the cursor where the answer goes.
const summary = document.querySelector('[data-does~="faults"]');

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    (field.closest("fieldset, .ask") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
