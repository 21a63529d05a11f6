// The practice Jira's bridge: what an app's page in the frame loads in place of Atlassian's all.js,
// with the same AP surface as far as pages of the administration need it. Its other end is
// host.js, in the page around the frame. They talk by postMessage alone: this side sends to the
// origin that the frame's address names (xdm_e) and listens to the parent window at that origin.
//
// Every function returns a promise, and calls its last argument with the answer if that is a
// function. Outside a Jira nothing answers, as in life.
"use strict";
window.AP = (() => {
  const host = new URLSearchParams(location.search).get("xdm_e");
  const framed = window.parent !== window && host !== null;
  if (!framed) console.warn("AP: this page is not inside a Jira (no xdm_e in its address); nothing will answer.");

  // data-options of the script's element: "resize:false; sizeToParent:true".
  const options = Object.fromEntries(
    (document.currentScript?.dataset.options ?? "")
      .split(";")
      .map((option) => option.split(":").map((part) => part.trim()))
      .filter((parts) => parts.length === 2),
  );

  const waiting = new Map();
  const listeners = { theme: [], popState: [], flagClosed: [] };
  let lastId = 0;

  function call(name, ...args) {
    const callback = typeof args.at(-1) === "function" ? args.pop() : null;
    const answer = new Promise((resolve, reject) => {
      if (!framed) return;
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      window.parent.postMessage({ practiceBridge: 1, id: lastId, name, args }, host);
    });
    if (callback) answer.then(callback, (error) => console.error(`AP.${name}: ${error.message}`));
    return answer;
  }

  window.addEventListener("message", (event) => {
    if (!framed || event.source !== window.parent || event.origin !== host) return;
    const message = event.data;
    if (message?.practiceBridge !== 1) return;
    if (message.event) {
      for (const listener of listeners[message.event] ?? []) listener(message.detail);
      return;
    }
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.error === undefined) resolve?.(message.result);
    else reject?.(new Error(message.error));
  });

  // The frame grows and shrinks with its content, unless the page asks for something else.
  let resizer = null;
  function followContent() {
    const page = document.documentElement;
    resizer = new ResizeObserver(() => call("resize", "100%", `${page.offsetHeight}px`));
    resizer.observe(page);
  }
  function fillParent() {
    resizer?.disconnect();
    return call("sizeToParent");
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (options.sizeToParent === "true") fillParent();
    else if (options.resize !== "false") followContent();
  });

  function wear(theme) {
    document.documentElement.dataset.colorMode = theme.colorMode;
    document.documentElement.dataset.theme = theme.theme;
  }

  return {
    context: {
      getToken: (callback) => call("context.getToken", callback),
    },
    theming: {
      initializeTheming() {
        listeners.theme.push(wear);
        return call("theming.get").then(wear);
      },
    },
    history: {
      // What follows "#!" in Jira's address.
      getState: (...args) => call("history.getState", args.find((arg) => typeof arg === "function")),
      pushState: (state) => call("history.pushState", String(state)),
      replaceState: (state) => call("history.replaceState", String(state)),
      popState: (listener) => listeners.popState.push(listener),
      back: () => call("history.go", -1),
      forward: () => call("history.go", 1),
      go: (steps) => call("history.go", steps),
    },
    navigator: {
      go: (target, context) => call("navigator.go", target, context),
      getLocation: (callback) => call("navigator.getLocation", callback),
      reload: () => call("navigator.reload"),
    },
    flag: {
      create({ title, body, type, close }) {
        lastId += 1;
        const flag = lastId;
        call("flag.create", { flag, title, body, type, close });
        return {
          close: () => call("flag.close", flag),
          on(event, listener) {
            if (event === "close") listeners.flagClosed.push((closed) => closed === flag && listener());
          },
        };
      },
    },
    user: {
      getCurrentUser: (callback) => call("user.getCurrentUser", callback),
    },
    getLocation: (callback) => call("getLocation", callback),
    resize(width, height) {
      resizer?.disconnect();
      return call("resize", width, height);
    },
    sizeToParent: fillParent,
  };
})();
