// What a few pages of the portal do with a script and can do without: copy and print backup codes, show a password.
"use strict";

const said = document.querySelector("[data-said]");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = [...document.querySelectorAll(`${button.dataset.copy} > li`)].map((li) => li.textContent.trim());
    await navigator.clipboard.writeText(lines.join("\n"));
    said.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A password as it is typed, as long as the button is pressed (security.md P5). It leaves as a password, so
// that nothing that remembers what was typed takes it for anything else.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const fields = button.getAttribute("aria-controls").split(" ").map((id) => document.getElementById(id));
  const show = (on) => {
    for (const field of fields) field.type = on ? "text" : "password";
    button.setAttribute("aria-pressed", on);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
  button.form.addEventListener("submit", () => show(false));
  window.addEventListener("pagehide", () => show(false));
}
