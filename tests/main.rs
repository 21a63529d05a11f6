//! Stories: each test tells one sentence of the product against the real router and Postgres.

mod peers;
