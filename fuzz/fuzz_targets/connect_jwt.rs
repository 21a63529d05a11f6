//! Any bytes as a Connect token, through each of the three verifiers: none may panic, and none may
//! accept what nobody signed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use time::OffsetDateTime;
use vestibule::jira::token;

/// A public key (RFC 7515 appendix A.2) whose private half signs nothing here.
const MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

fuzz_target!(|token: &str| {
    let now = OffsetDateTime::UNIX_EPOCH;
    let key = jsonwebtoken::DecodingKey::from_rsa_components(MODULUS, "AQAB").expect("the RFC's key");
    let _ = token::lifecycle_kid(token);
    let _ = token::claimed_issuer(token);
    assert!(token::lifecycle(token, &key, "https://a.example", "x", now).is_err());
    assert!(token::url_bound(token, b"0123456789abcdef0123456789abcdef", "x", now).is_err());
    assert!(token::context(token, b"0123456789abcdef0123456789abcdef", now).is_err());
});
