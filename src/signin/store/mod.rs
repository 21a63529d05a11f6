//! All SQL of the sign-in room.

pub mod devices;
pub mod sessions;
pub mod signins;
pub mod throttles;
pub mod trials;
