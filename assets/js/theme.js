// Shows a theme as soon as it is chosen. The form around it is what keeps the choice.
for (const choice of document.querySelectorAll('[data-does~="theme"]')) {
  choice.addEventListener("change", (event) => {
    const { value } = event.target;
    if (value === "light" || value === "dark") {
      document.documentElement.dataset.theme = value;
    } else {
      delete document.documentElement.dataset.theme;
    }
  });
}
