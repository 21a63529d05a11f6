// The shell of Vestibule's pages inside Jira. htmx swaps in what the server answers; this script
// gives each of its requests a fresh token from the host, keeps the host's address in step, moves
// the focus, and minds unsaved changes, dialogs and copies. All knowledge of Connect is in `host`.
(() => {
  "use strict";

  const main = document.getElementById("main");
  const notice = document.getElementById("notice");
  const said = document.getElementById("said");
  const base = document.body.dataset.base;
  const first = document.body.dataset.first;
  const STATE = /^[a-z0-9-]+(\/[a-z0-9-]+)*(\?[A-Za-z0-9*._+=&%-]*)?$/;

  // --- The host: Atlassian Connect's bridge ------------------------------------------------------

  const host = window.AP && {
    // A token for one request. The bridge renews it before it expires.
    token() {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new NoToken()), 15000);
        AP.context.getToken((token) => {
          clearTimeout(late);
          token ? resolve(token) : reject(new NoToken());
        });
      });
    },
    followTheme() {
      AP.theming?.initializeTheming?.();
    },
    state() {
      return new Promise((resolve) => {
        if (!AP.history?.getState) return resolve("");
        const known = AP.history.getState("hash", (state) => resolve(read(state || "")));
        if (typeof known === "string") resolve(read(known));
      });
    },
    push(state) {
      AP.history?.pushState?.(written(state));
    },
    replace(state) {
      AP.history?.replaceState?.(written(state));
    },
    onState(moved) {
      AP.history?.popState?.((event) => moved(stateOf(event)));
    },
  };

  class NoToken extends Error {}

  // What the bridge says the address is now: after `#!`, or by itself.
  function stateOf(event) {
    const text = typeof event === "string" ? event : (event?.hash ?? event?.newURL ?? "");
    return read(decodeURIComponent(text.split("#").pop()).replace(/^!/, ""));
  }

  // The host decodes its address once or not at all, so a state is written there without a `%`.
  // (No state has a `~` of its own: form encoding spells it %7E.)
  const written = (state) => state.replaceAll("%", "~");
  const read = (state) => state.replaceAll("~", "%");

  // --- Requests ----------------------------------------------------------------------------------

  let last; // what is tried again after a failure: a function
  let loud = 0; // requests under way that somebody waits for

  // A poll. Kept at its beginning: its element is replaced by the answer.
  const isQuiet = (ctx) => Boolean(ctx.quiet);

  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    delete ctx.request.headers["HX-Current-URL"]; // the page's address holds a token
    ctx.quiet = Boolean(ctx.sourceElement?.closest?.("[data-quiet]"));
    ctx.fetch = signed;
  });

  async function signed(url, request = {}) {
    const headers = { ...request.headers, Authorization: `JWT ${await host.token()}` };
    return fetch(url, { ...request, headers });
  }

  window.vestibule = { fetch: signed }; // for what htmx does not send: files

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (isQuiet(ctx)) return;
    loud += 1;
    document.body.classList.add("busy");
    if (ctx.target === main) main.setAttribute("aria-busy", "true");
    const source = ctx.sourceElement;
    const submitter = ctx.request.submitter ?? (source?.matches?.("button") ? source : null);
    submitter?.setAttribute("aria-busy", "true");
    last = () => {
      if (source === document.body || !source.isConnected) return open(placeOf(ctx.request.action));
      submitter ? submitter.click() : source.requestSubmit ? source.requestSubmit() : source.click();
    };
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (isQuiet(ctx)) return;
    loud = Math.max(0, loud - 1);
    moving = "";
    document.body.classList.toggle("busy", loud > 0);
    main.removeAttribute("aria-busy");
    for (const busy of document.querySelectorAll("button[aria-busy]")) busy.removeAttribute("aria-busy");
  });

  // The server is away, or the token is not to be had: what is on the page stays.
  document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
    if (!ctx || isQuiet(ctx)) return;
    tell(error instanceof NoToken ? "no-token" : "no-server");
  });

  function tell(template) {
    notice.replaceChildren(document.getElementById(template).content.cloneNode(true));
    stopLoading();
    toNotice();
  }

  function toNotice() {
    document.querySelector("dialog[open]")?.close(); // nothing behind it can be reached
    notice.tabIndex = -1;
    notice.focus();
    notice.scrollIntoView({ block: "start" });
  }

  // Nothing came, so nothing is loading any more.
  function stopLoading() {
    document.getElementById("loading")?.remove();
  }

  // --- Arrivals ----------------------------------------------------------------------------------

  let place = ""; // the state of what is shown, below `base`
  let visits = 0;
  let moving = ""; // "pop" while the host's own back or forward is followed

  let opened = []; // the ids of the details that were open in what a poll replaces
  let focused; // what had the focus in it

  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (!isQuiet(ctx)) return;
    opened = [...document.querySelectorAll("details[open][id]")].map(({ id }) => id);
    focused = main.contains(document.activeElement) ? document.activeElement : null;
  });

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    // A retargeted answer names its target.
    const target = typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target;
    if (isQuiet(ctx)) {
      for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
      if (ctx.swap !== "none") said.textContent = document.querySelector("[data-said]")?.dataset.said ?? "";
      // What had the focus may be gone: to its successor, or to the page that came instead.
      if (focused && !focused.isConnected) {
        const next = focused.id && document.getElementById(focused.id);
        if (next) next.focus();
        else if (target === main) focusIn(main);
      }
      return;
    }
    if (target === notice && notice.childElementCount) {
      const lost = document.getElementById("loading") && ctx.response?.status === 404;
      stopLoading();
      toNotice();
      if (lost) open(first); // a link that leads nowhere any more
      return;
    }
    if (target !== main || !main.querySelector("#loading")) notice.replaceChildren();
    if (target === main) arrive();
    else if (target?.isConnected) moveOn(target.querySelector("[data-place]"));
    if (target?.isConnected) said.textContent = target.querySelector("[data-flag]")?.textContent ?? "";
    const dialog = (target?.isConnected ? target : document).querySelector("dialog[data-open]");
    if (dialog) show(dialog);
    else if (target?.isConnected) focusIn(target);
    markDirty();
    picked();
  });

  function arrive() {
    document.getElementById("dialog").replaceChildren();
    const page = main.querySelector("[data-state]");
    if (!page) return;
    document.title = page.dataset.title;
    if (page.dataset.state !== place) {
      place = page.dataset.state;
      // Where the host's address leads already; the fragment may have led elsewhere.
      if (moving === "pop" || visits === 0) host.replace(place);
      else host.push(place);
    }
  }

  // A part of the page that changes where one is, as a search does at every letter: the step before
  // is not one to go back to.
  function moveOn(part) {
    if (!part || part.dataset.place === place) return;
    place = part.dataset.place;
    host.replace(place);
  }

  // To the first fault, to what asks for it, else to the heading. The first arrival takes no focus
  // away from Jira.
  function focusIn(target) {
    const fault = target.querySelector('[aria-invalid="true"]');
    const wanted = fault ?? target.querySelector("[data-focus]") ?? (target === main && main.querySelector("h1"));
    if (target === main && visits++ === 0 && !fault) return;
    if (!wanted) return;
    if (!wanted.matches("input, select, textarea, button, a[href]")) wanted.tabIndex = -1;
    wanted.focus(); // which scrolls the host as well, whose height the frame has
  }

  const placeOf = (path) => path.slice(base.length + 1);

  function open(state) {
    const wanted = STATE.test(state) ? state : first;
    return htmx.ajax("GET", `${base}/${wanted}`, { target: "#main", swap: "innerHTML" });
  }

  // --- Unsaved changes ---------------------------------------------------------------------------

  const guarded = () => main.querySelector("form[data-guard]");

  function isDirty() {
    const form = guarded();
    return Boolean(form) && (form.hasAttribute("data-dirty") || contents(form) !== form.dataset.saved);
  }

  function contents(form) {
    const data = new FormData(form);
    data.delete("lens"); // a way of looking, not a setting
    return new URLSearchParams(data).toString();
  }

  function markDirty() {
    const form = guarded();
    if (form && form.dataset.saved === undefined) form.dataset.saved = contents(form);
    document.body.classList.toggle("dirty", isDirty());
  }

  document.addEventListener("input", markDirty);
  document.addEventListener("change", markDirty);
  window.addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
  });

  // Asks before `leave` is done.
  function leaving(leave, stay) {
    if (!isDirty()) return leave();
    const dialog = document.getElementById("leave").content.firstElementChild.cloneNode(true);
    document.getElementById("dialog").replaceChildren(dialog);
    dialog.querySelector("[data-leave]").addEventListener("click", () => {
      stay = null;
      guarded()?.removeAttribute("data-guard");
      dialog.close();
      leave();
    });
    dialog.addEventListener("close", () => stay?.());
    show(dialog);
  }

  // Before htmx sees it.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[data-nav], button[data-nav]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isDirty()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving(() => link.click());
    },
    true,
  );

  // --- Picking rows ------------------------------------------------------------------------------

  // What is picked shows in the bar above the list; everybody who matches, when that is said, until a
  // row is picked or let go by itself.
  function picked() {
    const bar = document.querySelector("[data-bulk]");
    if (!bar) return;
    const rows = [...document.querySelectorAll("#directory [name=customer]")];
    const count = rows.filter((row) => row.checked).length;
    const page = document.querySelector("[data-pick-page]");
    const whole = document.getElementById("everybody").value === "1";
    page.checked = count === rows.length;
    page.indeterminate = count > 0 && count < rows.length;
    const more = bar.querySelector("[data-everybody]");
    if (more) more.hidden = count < rows.length || whole;
    bar.querySelector("[data-picked]").textContent = whole
      ? more.textContent.replace(/^Select all/, "All").replace(/match$/, "match are selected")
      : count ? `${count} selected` : "Nobody selected";
    for (const button of bar.querySelectorAll("[hx-post]:not([data-always])")) button.disabled = count === 0;
  }

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-pick-page], #directory [name=customer]")) return;
    if (target.matches("[data-pick-page]")) {
      for (const row of document.querySelectorAll("#directory [name=customer]")) row.checked = target.checked;
    }
    document.getElementById("everybody").value = "";
    picked();
  });

  document.addEventListener("click", ({ target }) => {
    const more = target.closest?.("[data-everybody]");
    if (!more) return;
    document.getElementById("everybody").value = "1";
    picked();
    document.querySelector("[data-pick-page]").focus();
  });

  // --- Dialogs, copies, files --------------------------------------------------------------------

  let pressedAt = 0; // where in the frame, in pixels from its top
  document.addEventListener("pointerdown", (event) => (pressedAt = event.clientY), true);
  document.addEventListener("keydown", (event) => {
    pressedAt = event.target.getBoundingClientRect?.().top ?? 0;
  }, true);

  // The host makes the frame as high as its content: its middle may be far from what is seen.
  function show(dialog) {
    dialog.removeAttribute("data-open");
    if (window.innerHeight > window.screen.availHeight) {
      dialog.setAttribute("open", ""); // to be measured, before it takes the focus and is scrolled to
      const height = dialog.offsetHeight;
      dialog.removeAttribute("open");
      const top = Math.min(pressedAt - height / 2, window.innerHeight - height - 16);
      dialog.style.marginBlockStart = `${Math.max(16, top)}px`;
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('[aria-invalid="true"]')?.focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-close], [data-dialog], [data-copy], [data-retry], [data-discard]");
    if (!target) return;
    if (target.matches("[data-close]")) target.closest("dialog")?.close();
    if (target.dataset.dialog) show(document.querySelector(target.dataset.dialog));
    if (target.dataset.copy) copy(target, document.querySelector(target.dataset.copy));
    if (target.matches("[data-retry]")) {
      notice.replaceChildren();
      (last ?? (() => open(place || first)))();
    }
    if (target.matches("[data-discard]")) {
      guarded()?.removeAttribute("data-guard");
      open(place);
    }
  });

  async function copy(button, source) {
    const text = source.value ?? source.textContent;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copySelected(text);
      if (!done) getSelection().selectAllChildren(source);
    }
    const field = button.closest(".copy") ?? button.parentElement;
    const status = field.querySelector('[role="status"]');
    if (done) button.classList.add("copied");
    if (status) status.textContent = done ? "Copied" : "Press Ctrl+C to copy the selected text";
    setTimeout(() => {
      button.classList.remove("copied");
      if (status) status.textContent = "";
    }, 4000);
  }

  // Inside a frame the clipboard may be withheld; a selection can still be copied.
  function copySelected(text) {
    const field = document.createElement("textarea");
    field.className = "visually-hidden";
    field.value = text;
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return done;
  }

  // A row's menu opens beside its button; in the top layer, or else the table would cut it off.
  document.addEventListener(
    "beforetoggle",
    ({ target, newState }) => {
      if (newState !== "open" || !target.matches(".menu")) return;
      const button = document.querySelector(`[popovertarget="${target.id}"]`).getBoundingClientRect();
      target.style.insetInlineEnd = `${Math.max(8, document.documentElement.clientWidth - button.right)}px`;
      target.style.insetBlockStart = `${button.bottom + 4}px`;
      requestAnimationFrame(() => {
        const { height } = target.getBoundingClientRect();
        const below = button.bottom + 4 + height <= window.innerHeight;
        if (!below) target.style.insetBlockStart = `${Math.max(8, button.top - 4 - height)}px`;
      });
    },
    true,
  );
  document.addEventListener("click", (event) => {
    if (event.target.matches(".menu button")) event.target.closest(".menu").hidePopover();
  });

  // A file's text goes into the field it is meant for.
  document.addEventListener("change", async (event) => {
    const into = event.target.dataset?.into;
    const file = event.target.files?.[0];
    if (!into || !file) return;
    document.querySelector(into).value = await file.text();
    markDirty();
  });

  // --- The beginning -----------------------------------------------------------------------------

  if (!host || !window.htmx) {
    tell("no-bridge");
    return;
  }
  host.followTheme();
  host.onState((state) => {
    const wanted = STATE.test(state) ? state : first;
    if (wanted === place) return;
    leaving(
      () => {
        moving = "pop";
        open(wanted);
      },
      () => host.push(place),
    );
  });
  const silent = new Promise((resolve) => setTimeout(resolve, 5000, ""));
  Promise.race([host.state(), silent]).then(open);
})();
