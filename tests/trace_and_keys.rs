//! What an administrator sees of SAML: the decoded trace, the life of the signing keys, test sign-ins.

mod keys;
mod trace;
mod trials;
