// A second press within ten seconds is the same press. The server's once-key is what holds;
// this only spares a person the wondering.
const WAIT_MS = 10_000;

for (const form of document.querySelectorAll('form[data-does~="once"]')) {
  let sentAt = -Infinity;

  form.addEventListener("submit", (event) => {
    const now = performance.now();
    if (now - sentAt < WAIT_MS) {
      event.preventDefault();
      return;
    }
    sentAt = now;
    event.submitter?.setAttribute("aria-disabled", "true");
  });

  // Back, from a page that the browser kept: the form may be sent again.
  addEventListener("pageshow", () => {
    sentAt = -Infinity;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  });
}
