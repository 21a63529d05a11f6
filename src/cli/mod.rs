//! The command line: parse, then one function a command.

pub mod customers;
pub mod sites;

/// Runs the program.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
