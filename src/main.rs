//! The program; everything it does is in the library, see [`vnfacts::cli`].

/// Articles make many small things; this allocator serves them faster than that of most systems, on many threads too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    vnfacts::cli::main()
}
