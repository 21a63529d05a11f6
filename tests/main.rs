//! Stories: each test tells one sentence of the product against the real router and Postgres.

mod support;

mod account;
mod admin;
mod admission;
mod backup_codes;
mod browser;
mod bulk;
mod customers;
mod desks;
mod devices;
mod groups;
mod guessing;
mod imports;
mod languages;
mod mail;
mod meanwhile;
mod methods;
mod passkeys;
mod passwords;
mod peers;
mod policy;
mod recovery;
mod requests;
mod rules;
mod secrecy;
mod sign_in;
mod tenancy;
mod trace_and_keys;
