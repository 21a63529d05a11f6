//! Bringing many customers in at once (D9 of the mission).

pub mod csv; // reading a file of customers
