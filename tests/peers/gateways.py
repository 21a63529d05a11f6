"""Duo's and Yubico's own protocols as others speak them: duo_universal (Duo Security) and yubico-client
against the practice gateways. Reads a job as JSON, answers in JSON."""

import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from duo_universal import client as duo
from yubico_client import Yubico
from yubico_client.yubico_exceptions import InvalidClientIdError, SignatureVerificationError, StatusCodeError

job = json.load(sys.stdin)

# The practice Duo has no TLS.
for name in ("API_HOST_URI_FORMAT", "OAUTH_V1_HEALTH_CHECK_ENDPOINT", "OAUTH_V1_AUTHORIZE_ENDPOINT", "OAUTH_V1_TOKEN_ENDPOINT"):
    setattr(duo, name, getattr(duo, name).replace("https://", "http://"))


def claims(address, audience):
    request = parse_qs(urlsplit(address).query)["request"][0]
    return jwt.decode(request, job["duo_secret"], algorithms=["HS512"], audience=audience)


def press(address, button):
    page = requests.get(address).text
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    answer = requests.post(job["url"] + "/duo/answer", data={"key": key, "press": button}, allow_redirects=False)
    return parse_qs(urlsplit(answer.headers["location"]).query)


def duo_walk():
    host = job["url"].removeprefix("http://") + "/duo"
    client = duo.Client(job["duo_id"], job["duo_secret"], host, job["redirect_uri"])
    stat = client.health_check()["stat"]
    state, nonce = client.generate_state(), client.generate_state()
    address = client.create_auth_url("mira", state, nonce)
    back = press(address, "approve")
    token = client.exchange_authorization_code_for_2fa_result(back["duo_code"][0], "mira", nonce)
    try:
        other = press(client.create_auth_url("mira", state, nonce), "other")
        client.exchange_authorization_code_for_2fa_result(other["duo_code"][0], "mira", nonce)
        refused = ""
    except duo.DuoException as error:
        refused = str(error)
    api = duo.API_HOST_URI_FORMAT.format(host)
    return {
        "stat": stat, "state": back["state"][0] == state, "result": token["auth_result"]["result"],
        "refused": refused, "theirs": claims(address, api), "ours": claims(job["authorize"], api),
    }


def yubico(secret, otp, client_id=None):
    url = job["url"] + "/yubikey/wsapi/2.0/verify"
    client = Yubico(client_id or job["yubikey_id"], secret, api_urls=(url,), max_retries=1)
    try:
        return client.verify(otp, timestamp=True, sl=50, timeout=8, return_response=True)
    except (StatusCodeError, InvalidClientIdError, SignatureVerificationError) as error:
        return type(error).__name__


first, second = job["otps"]
json.dump(
    {
        "duo": duo_walk(),
        "right": yubico(job["yubikey_secret"], first),
        "replayed": yubico(job["yubikey_secret"], first),
        "other secret": yubico("b3RoZXIgeXViaWtleSBzZWNyZXQ=", second),
        "next": yubico(job["yubikey_secret"], second),
        "signed": [Yubico("1", job["yubikey_secret"]).generate_query_string(otp, nonce) for otp, nonce in job["to_sign"]],
    },
    sys.stdout,
)
