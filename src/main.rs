//! The program: hands the command line to the library and its answer to the system.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    metrics_dictionary::commands::main(std::env::args_os())
}
