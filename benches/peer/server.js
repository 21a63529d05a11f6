// Auth0's samlp as its README shows it, a worker a core: every AuthnRequest is answered at once
// with a signed response for one fixed user. No database, no session, no replay check, no password.
// PEER_KEY, PEER_CERT: PEM; PEER_SIGN: "both" or "assertion"; PEER_WORKERS. Prints "ready <port>".
'use strict';
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  const wanted = Number(process.env.PEER_WORKERS);
  let ready = 0;
  for (let n = 0; n < wanted; n++) cluster.fork();
  cluster.on('listening', (_, address) => {
    if (++ready === wanted) console.log(`ready ${address.port}`);
  });
  cluster.on('exit', () => process.exit(1));
  // The bench holds the other end of standard input: when it is gone, so are we.
  process.stdin.on('end', () => process.exit(0)).resume();
} else {
  const app = require('express')();
  const samlp = require('samlp');
  app.get('/sso', samlp.auth({
    issuer: 'urn:peer',
    key: process.env.PEER_KEY,
    cert: process.env.PEER_CERT,
    audience: 'https://auth.atlassian.com/saml/bench',
    recipient: process.env.PEER_ACS,
    destination: process.env.PEER_ACS,
    lifetimeInSeconds: 300,
    signResponse: process.env.PEER_SIGN === 'both',
    getPostURL: (audience, request, req, done) => done(null, process.env.PEER_ACS),
    getUserFromRequest: () => ({
      id: '7f3c', displayName: 'Ada Lovelace', emails: [{ value: 'ada@example.com' }],
      name: { givenName: 'Ada', familyName: 'Lovelace' },
    }),
  }));
  app.listen(0, '127.0.0.1');
}
