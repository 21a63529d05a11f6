"""python3-saml as a strict service provider: makes AuthnRequests and judges responses.

In and out as in node_saml.cjs."""

import json
import sys

from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


def settings(sp, audience=None, **security):
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": audience or sp["entityId"],
                "assertionConsumerService": {"url": sp["acs"], "binding": POST},
                "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            },
            "idp": {
                "entityId": sp["idp"],
                "singleSignOnService": {"url": sp["ssoUrl"], "binding": REDIRECT},
                "x509cert": sp["certificate"],
            },
            "security": {
                "wantAssertionsSigned": True,
                "wantMessagesSigned": True,
                "rejectDeprecatedAlgorithm": True,
                "wantNameId": True,
                **security,
            },
        }
    )


def judge(sp, case):
    # The ACS as a browser posts to it: python3-saml puts the URL together from these.
    scheme, rest = sp["acs"].split("://", 1)
    host, path = rest.split("/", 1)
    path, _, query = path.partition("?")
    request = {
        "https": "on" if scheme == "https" else "off",
        "http_host": host,
        "script_name": "/" + path,
        "request_uri": "/" + path + "?" + query,
        "query_string": query,
        "get_data": {},
        "post_data": {"SAMLResponse": case["response"]},
    }
    try:
        response = OneLogin_Saml2_Response(settings(sp, case.get("audience")), case["response"])
        response.is_valid(request, request_id=case["requestId"], raise_exceptions=True)
        return {
            "name": case["name"],
            "ok": True,
            "nameId": response.get_nameid(),
            "sessionIndex": response.get_session_index(),
            "attributes": response.get_attributes(),
        }
    except Exception as error:
        return {"name": case["name"], "ok": False, "error": f"{type(error).__name__}: {error}"}


def main():
    given = json.load(sys.stdin)
    sp = given["sp"]
    requests = [
        OneLogin_Saml2_Authn_Request(settings(sp, **security), **more).get_request()
        for security, more in [
            ({}, {}),
            ({"requestedAuthnContext": False}, {"force_authn": True, "set_nameid_policy": False}),
            (
                {
                    "requestedAuthnContext": ["https://refeds.org/profile/mfa"],
                    "requestedAuthnContextComparison": "minimum",
                },
                {"is_passive": True},
            ),
        ]
    ]
    verdicts = [judge(sp, case) for case in given["responses"]]
    metadata = settings(sp).get_sp_metadata()
    metadata = metadata.decode() if isinstance(metadata, bytes) else metadata
    json.dump({"requests": requests, "metadata": metadata, "verdicts": verdicts}, sys.stdout)


main()
