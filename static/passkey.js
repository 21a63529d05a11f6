// Passkeys: reads what to ask from the page, asks the browser, puts the answer into the form and
// submits it. The page says everything in its own language; this script only reveals parts of it.
//
//   <form method="post" data-passkey="create" (or "get", or "autofill")
//         data-passkey-options='{…}'>           options as the server made them
//     <input type="hidden" name="credential">   the answer goes here
//     <button type="submit" data-passkey-button hidden>…</button>
//     <div role="alert">
//       <p data-passkey-error="cancelled" hidden>…</p>   also exists, failed, unsupported
//     </div>
//   </form>
//   <p data-passkey-unsupported>…</p>           shown until passkeys are known to work here
//
//   <… data-passkey-way>                        a way to the above; hidden where it leads nowhere
//
// "autofill" is "get" that is also offered in the list of a field with autocomplete="username
// webauthn", anywhere on the page. One request at a time: the button ends that offer and begins its
// own.
(() => {
  "use strict";

  // base64url without padding, for browsers that cannot read or write the JSON themselves.
  const encode = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const decode = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

  const decodeIds = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

  const creationOptions = (json) =>
    PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: decode(json.challenge),
      user: { ...json.user, id: decode(json.user.id) },
      excludeCredentials: decodeIds(json.excludeCredentials),
    };

  const requestOptions = (json) =>
    PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: decode(json.challenge),
      allowCredentials: decodeIds(json.allowCredentials),
    };

  const answerJson = (credential) => {
    // Some password managers' answers have no working toJSON.
    try {
      if (credential.toJSON) return credential.toJSON();
    } catch { /* by hand, then */ }
    const { response } = credential;
    const binary = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) binary[name] = encode(response[name]);
    }
    if (response.getTransports) binary.transports = response.getTransports();
    return {
      id: credential.id,
      rawId: encode(credential.rawId),
      type: credential.type,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: binary,
    };
  };

  // What to say about a failure; nothing when it was this script that ended the request.
  const word = (error, creating) => {
    switch (error?.name) {
      case "AbortError": return null;
      case "NotAllowedError": return "cancelled"; // also: too late, or none to choose
      case "InvalidStateError": return creating ? "exists" : "failed";
      case "NotSupportedError": return "unsupported";
      default: return "failed"; // SecurityError: another host than the passkey's
    }
  };

  const show = (form, said) => {
    for (const part of form.querySelectorAll("[data-passkey-error]")) {
      part.hidden = part.dataset.passkeyError !== said;
    }
  };

  // The request that waits, of whichever form.
  let waiting = null;

  const ask = async (form, mediation) => {
    waiting?.abort();
    const mine = (waiting = new AbortController());
    const creating = form.dataset.passkey === "create";
    const json = JSON.parse(form.dataset.passkeyOptions);
    const { signal } = mine;
    try {
      const credential = creating
        ? await navigator.credentials.create({ publicKey: creationOptions(json), signal })
        : await navigator.credentials.get({ publicKey: requestOptions(json), signal, mediation });
      form.elements.credential.value = JSON.stringify(answerJson(credential));
      form.submit();
      return true;
    } catch (error) {
      // An offer in a list that nobody takes is no failure.
      if (mediation !== "conditional") show(form, word(error, creating));
      return false;
    } finally {
      if (waiting === mine) waiting = null;
    }
  };

  const offerInList = async (form) => {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) await ask(form, "conditional");
  };

  const prepare = (form, works) => {
    const button = form.querySelector("[data-passkey-button]");
    if (button) button.hidden = !works;
    if (!works) return;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button?.disabled) return;
      show(form, null);
      if (button) button.disabled = true;
      const submitted = await ask(form);
      if (submitted) return;
      if (button) button.disabled = false;
      button?.focus();
      if (form.dataset.passkey === "autofill") offerInList(form);
    });
    // Back from the next page, out of the browser's memory: the button must work again.
    addEventListener("pageshow", (event) => { if (event.persisted && button) button.disabled = false; });
    if (form.dataset.passkey === "autofill") offerInList(form);
    else if (document.activeElement === document.body) button?.focus(); // as other pages' fields
  };

  const works = Boolean(window.PublicKeyCredential && navigator.credentials?.create);
  for (const part of document.querySelectorAll("[data-passkey-unsupported]")) part.hidden = works;
  for (const part of document.querySelectorAll("[data-passkey-way]")) part.hidden = !works;
  for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form, works);
})();
