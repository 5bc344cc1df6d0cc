// Asks again when a figure changes, and puts the new answer in the old one's place. What was typed
// is kept in the fragment of the address, which no server sees. The button does the same without.
const WAIT_MS = 40;

const form = document.querySelector('form[data-does~="compare"]');
const answer = document.querySelector("[data-answer]");
const says = document.querySelector("[data-says]");

const typed = () => new URLSearchParams(new FormData(form));

const usual = () => new URLSearchParams(form.dataset.usual);

// Only what differs from how the page opens, so that a link stays short.
const remember = () => {
  const known = new Set(usual().toString().split("&"));
  const own = typed().toString().split("&").filter((pair) => pair && !known.has(pair));
  history.replaceState(null, "", own.length ? `#${own.join("&")}` : location.pathname);
};

const recall = () => {
  const own = new URLSearchParams(location.hash.slice(1));
  const opening = usual();
  for (const field of form.elements) {
    if (!field.name) continue;
    const values = (own.has(field.name) ? own : opening).getAll(field.name);
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else {
      field.value = values[0] ?? "";
    }
  }
};

const show = (page) => {
  const fresh = page?.querySelector("[data-answer]");
  if (!fresh) return;
  const unfolded = [...answer.querySelectorAll("details")].map((it) => it.open);
  answer.replaceChildren(...document.adoptNode(fresh).childNodes);
  const folds = [...answer.querySelectorAll("details")];
  if (folds.length === unfolded.length) folds.forEach((it, at) => { it.open = unfolded[at]; });
  says.textContent = page.querySelector("[data-says]")?.textContent ?? "";
};

let asking = null;
const ask = () => {
  asking?.abort();
  asking = new XMLHttpRequest();
  asking.open("POST", form.action);
  asking.responseType = "document";
  asking.addEventListener("load", (event) => show(event.target.responseXML));
  asking.send(typed());
};

if (form && answer && says) {
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      remember();
      ask();
    }, WAIT_MS);
  });
  // A place on the page is a fragment too; what was typed always has a sign of equality.
  const open = () => {
    if (!location.hash.includes("=")) return;
    recall();
    ask();
  };
  addEventListener("hashchange", open);
  open();
  if (!location.hash) remember();
}
