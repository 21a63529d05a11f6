//! (room to come)

pub mod views; // what its pages look like
