// Saves what is typed, at most two seconds after it was typed, for as long as somebody types. The
// form can be sent without this; its words stay in the page whatever the answer.
const WAIT_MS = 1_200;
const AGAIN_MS = 2_000;

for (const form of document.querySelectorAll('form[data-does~="autosave"]')) {
  const says = document.getElementById(form.dataset.says);
  let timer = null;
  let saving = false;
  let changed = false;

  const say = (text) => {
    if (says && text) says.textContent = text;
  };

  const plan = (ms) => {
    timer ??= setTimeout(save, ms);
  };

  const save = async () => {
    clearTimeout(timer);
    timer = null;
    if (saving || !changed) return;
    saving = true;
    changed = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      // A page that goes away may still send a little.
      const keepalive = document.visibilityState === "hidden";
      const answer = await fetch(form.dataset.saves, { method: "POST", body, keepalive });
      // Saved, or kept beside another window's words: either way it is there.
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const version = answer.headers.get("x-version");
      if (version) form.elements.version.value = version;
      say(await answer.text());
    } catch {
      changed = true;
      say(form.dataset.unsaved);
    }
    saving = false;
    if (changed) plan(AGAIN_MS);
  };

  form.addEventListener("input", () => {
    changed = true;
    plan(WAIT_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = null;
    changed = false;
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
