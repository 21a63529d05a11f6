// Files in and out of the pages inside Jira: an import's file goes up in pieces, each with a fresh
// token; a table comes down whole or not at all.
(() => {
  "use strict";

  const main = document.getElementById("main");
  const said = document.getElementById("said");
  const imports = `${document.body.dataset.base}/customers/imports`;
  const WAITS = [1000, 2000, 4000, 8000]; // milliseconds between the tries of a piece

  // --- Up ----------------------------------------------------------------------------------------

  let chosen; // a file whose import has no page yet
  let under; // an import's id and its file, as long as this page is open

  // A file was chosen, or dropped.
  function begin(input, files) {
    const file = files[0];
    if (!file) return;
    const fault = problem(files, Number(input.dataset.max));
    complain(input, fault);
    if (fault) return;
    chosen = file;
    post(imports, { source: "csv", name: file.name, size: file.size });
  }

  function problem(files, max) {
    if (files.length > 1) return "One file at a time.";
    if (files[0].size === 0) return "The file is empty.";
    if (files[0].size > max) return "The file is larger than 100 MB: split it, or leave out columns that are not imported.";
    return "";
  }

  function complain(input, fault) {
    const place = document.getElementById("file-error");
    place.textContent = fault;
    place.hidden = !fault;
    if (fault) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.value = ""; // or the same file could not be chosen again
  }

  const post = (url, values) => htmx.ajax("POST", url, { target: "#main", swap: "innerHTML", values });

  document.addEventListener("htmx:after:swap", () => {
    const card = main.querySelector("[data-upload]:not([data-upload-seen])");
    if (!card) return;
    card.setAttribute("data-upload-seen", "");
    if (chosen && Number(card.dataset.size) === chosen.size) under = { id: card.dataset.upload, file: chosen };
    chosen = undefined;
    if (under?.id === card.dataset.upload) send(card, under.file);
  });

  // Piece after piece, from the first that the server has not.
  async function send(card, file) {
    const part = (name) => card.querySelector(`[data-upload-${name}]`);
    const bar = card.querySelector("progress");
    const size = Number(card.dataset.piece);
    part("stopped").hidden = true;
    part("running").hidden = false;
    part("fault").hidden = part("again").hidden = true;
    for (let number = Number(card.dataset.have); number * size < file.size; number += 1) {
      tellProgress(part("said"), bar, number * size, file.size);
      const fault = await sendPiece(card, file, number, size);
      if (!card.isConnected) return; // cancelled, or left
      if (fault) {
        part("fault").textContent = fault;
        part("fault").hidden = part("again").hidden = false;
        part("again").focus();
        return;
      }
      card.dataset.have = number + 1;
    }
    tellProgress(part("said"), bar, file.size, file.size);
    under = undefined;
    post(`${imports}/${card.dataset.upload}/uploaded`);
  }

  function tellProgress(text, bar, done, all) {
    const percent = Math.floor((done / all) * 100);
    bar.value = done;
    text.textContent = `${percent} % uploaded`;
    if (percent % 10 === 0) said.textContent = text.textContent;
  }

  // What is wrong, when it stays so after a few tries.
  async function sendPiece(card, file, number, size) {
    let body;
    try {
      body = await file.slice(number * size, (number + 1) * size).arrayBuffer();
    } catch {
      return "The file cannot be read any more: it was moved or changed.";
    }
    for (let tried = 0; card.isConnected; tried += 1) {
      const status = await put(`${imports}/${card.dataset.upload}/pieces/${number}`, body);
      if (status === 204) return "";
      if (status === 409) return "The import was cancelled or has gone on meanwhile: open it anew from the list.";
      if (status === 422) return "The file was changed meanwhile: cancel, and choose it again.";
      if (tried === WAITS.length) return "The server did not take a part of the file. What has arrived is kept.";
      await new Promise((resolve) => setTimeout(resolve, WAITS[tried]));
    }
    return "";
  }

  // The answer's status; 0 for none.
  async function put(url, body) {
    try {
      const headers = { "Content-Type": "application/octet-stream" };
      return (await window.vestibule.fetch(url, { method: "POST", headers, body })).status;
    } catch {
      return 0;
    }
  }

  document.addEventListener("click", ({ target }) => {
    const card = target.closest?.("[data-upload-again]")?.closest("[data-upload]");
    if (card && under) send(card, under.file);
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-upload-begin]")) begin(target, [...target.files]);
    if (target.matches?.("[data-upload-resume]")) resume(target, target.files[0]);
  });

  function resume(input, file) {
    if (!file) return;
    const card = input.closest("[data-upload]");
    const same = file.name === card.dataset.name && file.size === Number(card.dataset.size);
    complain(input, same ? "" : "This is another file: its name or its size is not the same.");
    if (!same) return;
    under = { id: card.dataset.upload, file };
    send(card, file);
  }

  // A file that misses the field must not replace the page.
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const field = main.querySelector("[data-drop]");
      const over = field?.contains(event.target) ?? false;
      event.dataTransfer.dropEffect = over ? "copy" : "none";
      field?.classList.toggle("over", over && kind !== "drop" && kind !== "dragleave");
      if (over && kind === "drop") begin(field.querySelector("input"), [...event.dataTransfer.files]);
    });
  }

  // --- Down --------------------------------------------------------------------------------------

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-download]");
    if (!button || button.hasAttribute("aria-busy")) return;
    const status = button.parentElement.querySelector('[role="status"]');
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await window.vestibule.fetch(button.dataset.download);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
      keep(await answer.blob(), named?.[1] ?? "table.csv");
      status.textContent = "Downloaded";
    } catch {
      status.textContent = "The download broke off: try again.";
    }
    button.removeAttribute("aria-busy");
  });

  function keep(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
})();
