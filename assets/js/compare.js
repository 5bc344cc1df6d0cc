// Asks again when a figure changes, and puts the new answer in the old one's place. What was typed
// is kept in the fragment of the address, which no server sees. The button does the same without.
const WAIT_MS = 150;

const form = document.querySelector('form[data-does~="compare"]');
const answer = document.querySelector("[data-answer]");
const says = document.querySelector("[data-says]");

const typed = () => new URLSearchParams(new FormData(form));

// Only what differs from how the page opens, so that a link stays short.
const remember = () => {
  const usual = new Set(form.dataset.usual.split("&"));
  const own = typed().toString().split("&").filter((pair) => pair && !usual.has(pair));
  history.replaceState(null, "", own.length ? `#${own.join("&")}` : location.pathname);
};

const recall = () => {
  const own = new URLSearchParams(location.hash.slice(1));
  for (const field of form.elements) {
    if (!own.has(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = own.getAll(field.name).includes(field.value);
    } else {
      field.value = own.get(field.name);
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
  if (location.hash.includes("=")) {
    recall();
    ask();
  } else if (!location.hash) {
    remember();
  }
}
