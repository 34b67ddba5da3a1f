//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    vnfacts::cli::main()
}
