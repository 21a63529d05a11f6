//! All SQL of the sites room.
