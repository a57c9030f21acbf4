/* The browser's part of a passkey: [data-passkey="create" or "get"] is a form with a hidden `credential` and its options. */
(() => {
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

  const read = ({ publicKey }) => ({
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: toBytes(publicKey.user.id) } }),
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    allowCredentials: withBytes(publicKey.allowCredentials),
  });

  const write = (key) => {
    const { response } = key;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const given = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
    return {
      id: key.id,
      rawId: toText(key.rawId),
      type: key.type,
      authenticatorAttachment: key.authenticatorAttachment,
      clientExtensionResults: key.getClientExtensionResults(),
      response: Object.fromEntries(given),
    };
  };

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const publicKey = read(await optionsOf(form));
    const key = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(write(key));
    form.submit();
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    form.querySelector("[data-passkey-button]").hidden = false;
    form.querySelector("[data-passkey-absent]")?.remove();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      failed.hidden = true;
      ask(form).catch(() => (failed.hidden = false));
    });
  }
})();
