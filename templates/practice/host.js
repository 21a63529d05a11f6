// The practice Jira's side of the bridge (the app's side is all.js). It answers the one frame on its
// page, at the one origin that frame was loaded from, and nobody else.
"use strict";
(() => {
  const frame = document.querySelector("iframe[data-src]");
  const { src, app, module, viewer, account } = frame.dataset;
  const origin = new URL(src).origin;
  const root = document.documentElement;

  function send(message) {
    frame.contentWindow.postMessage({ practiceBridge: 1, ...message }, origin);
  }

  // The app's state is what follows "#!" in this page's address.
  function state() {
    const text = location.hash.startsWith("#!") ? location.hash.slice(2) : "";
    try {
      return decodeURI(text);
    } catch {
      return text;
    }
  }
  let lastState = state();
  function move(method, to) {
    if (typeof to !== "string") throw new Error("a state is a string");
    if (to === state()) return;
    history[method](null, "", `${location.pathname}${location.search}#!${encodeURI(to)}`);
    lastState = to;
  }
  // Back, forward, or an address typed by hand.
  window.addEventListener("popstate", () => {
    const now = state();
    if (now !== lastState) send({ event: "popState", detail: { newURL: now, oldURL: lastState } });
    lastState = now;
  });

  const theme = () => ({ colorMode: root.dataset.colorMode, theme: root.dataset.theme });
  async function post(path) {
    const form = new URLSearchParams({ as: viewer });
    const answer = await fetch(path, { method: "POST", body: form, redirect: "manual" });
    if (answer.type === "opaqueredirect") return null;
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.problem ?? `Jira answers ${answer.status}`);
    return body;
  }

  // Messages at the corner of the page (AP.flag).
  const flags = document.getElementById("flags");
  function closeFlag(id) {
    const shown = flags.querySelector(`[data-flag="${Number(id)}"]`);
    if (!shown) return;
    shown.remove();
    send({ event: "flagClosed", detail: id });
  }
  function showFlag({ flag, title, body, type, close }) {
    const kind = ["info", "success", "warning", "error"].includes(type) ? type : "info";
    const box = document.createElement("div");
    box.className = `flag ${kind}`;
    box.dataset.flag = Number(flag);
    box.role = kind === "error" ? "alert" : "status";
    const heading = document.createElement("strong");
    heading.textContent = title ?? "";
    const text = document.createElement("p");
    text.textContent = body ?? "";
    box.append(heading, text);
    if (close !== "never") {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "\u00d7";
      button.ariaLabel = "Close";
      button.addEventListener("click", () => closeFlag(flag));
      box.append(button);
    }
    flags.append(box);
    if (close === "auto") setTimeout(() => closeFlag(flag), 8000);
  }

  // "100%", "600px", "600" or 600; anything else is not a size.
  function size(value) {
    const found = /^(\d+(?:\.\d+)?)(px|%)?$/.exec(String(value ?? ""));
    return found ? `${found[1]}${found[2] ?? "px"}` : "";
  }

  const answers = {
    "context.getToken": async () => (await post("/bridge/token")).token,
    "theming.get": theme,
    "history.getState": state,
    "history.pushState": (to) => move("pushState", to),
    "history.replaceState": (to) => move("replaceState", to),
    "history.go": (steps) => history.go(Number(steps)),
    "navigator.go": (target, context) => {
      if (String(target).toLowerCase() !== "addonmodule") throw new Error(`the practice Jira has no ${target}`);
      const path = [context.addonKey, context.moduleKey].map(encodeURIComponent).join("/");
      location.assign(`/plugins/servlet/ac/${path}${location.search}`);
    },
    "navigator.getLocation": () => ({
      target: "addonmodule",
      context: { addonKey: app, moduleKey: module },
    }),
    "navigator.reload": () => location.reload(),
    "flag.create": showFlag,
    "flag.close": closeFlag,
    "user.getCurrentUser": () => ({ atlassianAccountId: account }),
    getLocation: () => location.href,
    resize: (width, height) => {
      frame.classList.remove("fill");
      frame.style.inlineSize = size(width);
      frame.style.blockSize = size(height);
    },
    sizeToParent: () => {
      frame.style.inlineSize = "";
      frame.style.blockSize = "";
      frame.classList.add("fill");
    },
  };

  window.addEventListener("message", async (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const { practiceBridge, id, name, args } = event.data ?? {};
    if (practiceBridge !== 1 || !Object.hasOwn(answers, name)) return;
    try {
      send({ id, result: await answers[name](...args) });
    } catch (error) {
      send({ id, error: error.message });
    }
  });

  const switcher = document.getElementById("theme");
  switcher.hidden = false;
  switcher.addEventListener("click", async () => {
    const mode = root.dataset.colorMode === "dark" ? "light" : "dark";
    root.dataset.colorMode = mode;
    send({ event: "theme", detail: theme() });
    await post(`/bridge/switch/theme/${mode}`);
  });

  // On a narrow screen the menu is folded.
  const menu = document.getElementById("menu");
  const narrow = window.matchMedia("(max-width: 48rem)");
  const fold = () => {
    menu.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();

  // Now that somebody listens, the app's page may load.
  frame.src = src;
})();
