"""A mail server nobody here wrote (aiosmtpd), which behaves as its first argument says. Prints its port,
then one line of JSON for each mail it takes. Ends with its standard input.

accept; refuse (550 at RCPT); no-sender (550 at MAIL); no-login (535); greylist (451 at the first RCPT);
hang (never answers RCPT); close (goes away instead of answering the mail's end); spam (554 at the end);
starttls CERTIFICATE KEY; no-utf8 (offers no SMTPUTF8); login (takes ada with the password hunter2)."""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

mode, *files = sys.argv[1:]


class Handler:
    rcpts = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if mode == "no-sender":
            return "550 5.7.1 <%s> may not send" % address
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.rcpts += 1
        if mode == "refuse":
            return "550 5.1.1 <%s> is unknown here" % address
        if mode == "greylist" and self.rcpts == 1:
            return "451 4.7.1 come back later, %s" % address
        if mode == "hang":
            await asyncio.Event().wait()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if mode == "close":
            server.transport.abort()
            return "451 unheard"
        if mode == "spam":
            return "554 5.7.1 looks like spam to %s" % envelope.rcpt_tos
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "user": session.auth_data,
            "hello": session.host_name,
            "options": envelope.mail_options,
            "peer": session.peer[1],
            "data": base64.b64encode(envelope.original_content).decode(),
        }
        print(json.dumps(mail), flush=True)
        return "250 2.0.0 queued as 1"


def check(server, session, envelope, mechanism, login):
    right = mode == "login" and (login.login, login.password) == (b"ada", b"hunter2")
    if not right:
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=login.login.decode())


async def main():
    handler = Handler()
    options = {"enable_SMTPUTF8": mode != "no-utf8", "hostname": "mail.example.com"}
    if mode in ("no-login", "login"):
        options.update(authenticator=check, auth_require_tls=False, auth_required=True)
    if mode == "starttls":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        options.update(tls_context=context)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
