//! What an admin can do about a row of the trace: the hint beside a refusal's reason.

/// What to do about a refusal, by its code (see [`Detail`](super::trace::Detail)); `None` where nothing
/// is wrong with the set-up.
pub fn advice(code: &str) -> Option<&'static str> {
    Some(match code {
        "wrong_issuer" => {
            "The SP entity ID stored in step 2 is not the one Guard sends: compare them, and store the one \
             shown here if it is the one Atlassian Administration shows."
        }
        "wrong_acs" => {
            "The ACS URL stored in step 2 is not the one Guard asks for: copy it again from Atlassian \
             Administration, to the last character."
        }
        "wrong_destination" => {
            "Guard has the SSO URL of another site, or an older one: enter the SSO URL of step 2 in \
             Atlassian Administration again."
        }
        "too_old" | "from_future" => {
            "If it happens to every sign-in, the clock of this server is wrong: let it follow NTP. Once or \
             twice, somebody used an old tab or bookmark."
        }
        "replayed" => {
            "A page was reloaded or a bookmark used: sign in from the help centre again. No value is wrong."
        }
        "empty" | "not_base64" | "not_deflate" | "not_utf8" | "xml_refused" | "unreadable"
        | "wrong_version" | "too_large" | "repeated_parameter" => {
            "This is not a request as Guard sends it. If Guard did send it, check that nothing between the \
             browser and this server rewrites addresses; otherwise it can be ignored."
        }
        "relay_state_too_long" | "relay_state_nul" => {
            "The sender adds a RelayState that no SAML service provider may send. Guard does not: it can be \
             ignored."
        }
        "invalid_name_id_policy" | "name_id_policy" => {
            "Set the NameID format of the service provider to email address. Guard needs nothing to be set."
        }
        "unsupported_binding" | "protocol_binding" => {
            "Set the response binding of the service provider to HTTP-POST. Guard needs nothing to be set."
        }
        "no_authn_context" => {
            "The service provider asks for a way of signing in that is not offered here, such as a smart \
             card. Guard asks for none."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_plain_and_only_given_where_there_is_something_to_do() {
        for (code, word) in [
            ("wrong_issuer", "SP entity ID"),
            ("wrong_acs", "ACS URL"),
            ("wrong_destination", "SSO URL"),
            ("too_old", "clock"),
            ("replayed", "reloaded"),
            ("xml_refused", "rewrites"),
            ("no_authn_context", "smart card"),
        ] {
            assert!(advice(code).is_some_and(|text| text.contains(word) && text.ends_with('.')), "{code}");
        }
        for code in ["no_passive", "passive_and_forced", "request_denied", "", "unheard of"] {
            assert_eq!(advice(code), None, "{code}");
        }
    }
}
