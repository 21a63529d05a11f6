//! Vestibule: the second door for Jira Service Management portal customers.
//!
//! Read in this order; each room's `mod.rs` tells its own story.

// The ground: what every room stands on.
pub mod app; // App: config, database, clock, randomness, keys; built once
pub mod clock; // the time, injected
pub mod config; // the environment, read and checked once
pub mod db; // the pool, migrations, the embedded default cluster
pub mod error; // the one error at the edge
pub mod i18n; // what customers read, in their language
pub mod random; // randomness, injected
pub mod vault; // secrets sealed at rest
pub mod web; // HTTP manners, no domain

// The rooms.
pub mod account; // the customer's own security page
pub mod admin; // the pages inside Jira
pub mod audit; // who did what, when, from where
pub mod bulk; // one act on many customers
pub mod customers; // the directory of portal-only customers
pub mod factors; // second factors: enrol, challenge, verify
pub mod import; // many customers at once, from a file or from Jira
pub mod jira; // Atlassian: descriptor, lifecycle, tokens, who is let in
pub mod jobs; // what must happen later
pub mod mail; // letters to customers, and their way out
pub mod policy; // who needs 2FA and with what
pub mod recovery; // ways back by mail: passwords, lost factors, freezing
pub mod saml; // the SAML protocol; knows no factors
pub mod signin; // the state machine that joins saml and factors
pub mod sites; // the tenant

// The front: one table of URLs, one command line.
pub mod cli;
pub mod health; // what supervisors ask
pub mod routes;
pub mod server; // connections, limits, the end

#[cfg(feature = "practice")]
pub mod practice; // practice Jira, practice Guard and a mailbox
