// A button that prints stands only where something can be printed.
for (const button of document.querySelectorAll('[data-does~="print"]')) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
