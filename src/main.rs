//! The thin binary: see `vestibule::cli`.

fn main() -> std::process::ExitCode {
    vestibule::cli::run()
}
