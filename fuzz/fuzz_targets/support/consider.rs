//! What must hold for every request, however it came.

use time::OffsetDateTime;
use vestibule::saml::{AuthnRequest, Expected, RequestFault, check};

/// Panics if a reader's outcome breaks a promise.
pub fn consider(outcome: Result<AuthnRequest, RequestFault>) {
    let fault = match outcome {
        Ok(request) => {
            assert!(!request.id.is_empty() && request.id.len() <= 256);
            assert!(request.id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b)));
            assert!(!request.issuer.is_empty() && request.issuer.len() <= 2048);
            let expected =
                Expected { entity_id: "urn:sp", acs_url: "https://sp/acs", destination: "https://idp/sso" };
            match check(&request, &expected, OffsetDateTime::UNIX_EPOCH) {
                Ok(()) => {
                    assert!(request.acs_url.is_none_or(|acs| acs == expected.acs_url));
                    return;
                }
                Err(fault) => fault,
            }
        }
        Err(fault) => fault,
    };
    let reason = fault.reason();
    assert!(reason.chars().count() <= 200 && !reason.contains(['<', '>', '&', '"']), "{reason}");
    assert!(!fault.code().is_empty());
}
