// node-saml as a service provider: makes AuthnRequests and judges responses.
// In (JSON on stdin): { sp: {...}, responses: [{ name, response, requestId, audience? }] }.
// Out (JSON): { requests: [SAMLRequest...], metadata: XML, verdicts: [{ name, ok, error | nameId, attributes ... }] }.
const { SAML, ValidateInResponseTo } = require("@node-saml/node-saml");

const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const { sp } = input;

// Remembers the one request a response may answer.
const remembers = (id) => ({
  saveAsync: async () => null,
  getAsync: async (key) => (key === id ? new Date().toISOString() : null),
  removeAsync: async (key) => key,
});

const provider = (more) =>
  new SAML({
    issuer: sp.entityId,
    callbackUrl: sp.acs,
    entryPoint: sp.ssoUrl,
    idpCert: sp.certificate,
    idpIssuer: sp.idp,
    audience: sp.entityId,
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: 0,
    ...more,
  });

const judge = async ({ name, response, requestId, audience }) => {
  try {
    const saml = provider({
      audience: audience || sp.entityId,
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: remembers(requestId),
    });
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response });
    // A verified NoPassive is no error to node-saml: it signs in nobody.
    if (!profile) return { name, ok: false, error: "NoPassive" };
    const attributes = Object.fromEntries(
      Object.entries(profile).filter(([key]) => key.startsWith("http")).map(([key, value]) => [key, [].concat(value)]),
    );
    const { nameID: nameId, sessionIndex } = profile;
    return { name, ok: true, nameId, sessionIndex, attributes };
  } catch (error) {
    return { name, ok: false, error: error.message };
  }
};

(async () => {
  const requests = [];
  for (const more of [
    {},
    { disableRequestedAuthnContext: true, identifierFormat: null, forceAuthn: true },
    { passive: true, authnContext: ["https://refeds.org/profile/mfa"], racComparison: "minimum" },
  ]) {
    const url = await provider(more).getAuthorizeUrlAsync("", undefined, {});
    requests.push(new URL(url).searchParams.get("SAMLRequest"));
  }
  const verdicts = [];
  for (const response of input.responses) verdicts.push(await judge(response));
  const metadata = provider({}).generateServiceProviderMetadata(null, null);
  console.log(JSON.stringify({ requests, metadata, verdicts }));
})();
