//! The command line: one file a subcommand. Threads, progress and exit codes are here and nowhere else.
//!
//! Exit codes: 0 all went well, 1 some input failed, 2 wrong use, broken tables, or an output that cannot be written,
//! 130 and 143 stopped by a signal.

pub mod audit;
pub mod checkpoint;
pub mod choice;
pub mod convert;
pub mod delivery;
pub mod diff;
pub mod entities;
pub mod eval;
pub mod explain;
pub mod export;
pub mod extract;
pub mod gazetteers;
pub mod gold;
pub mod identity;
pub mod monitor;
pub mod officials;
pub mod options;
pub mod ordered;
pub mod programmes;
pub mod progress;
pub mod records;
pub mod report;
pub mod resume;
pub mod rules;
pub mod run;
pub mod sample;
pub mod schema;
pub mod seen;
pub mod sentences;
pub mod summary;
pub mod table;
pub mod watchdog;
pub mod work;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// The exit code of a run that lost some of its input.
pub const SOME_FAILED: u8 = 1;
/// The exit code of wrong use, broken tables and outputs that cannot be written.
pub const UNUSABLE: u8 = 2;

/// From Vietnamese political and administrative news to facts that can be checked: officials with their titles,
/// document codes, dates, counts and awards, as JSON Lines.
#[derive(Parser)]
#[command(name = "vnfacts", version, max_term_width = 110, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts extract article.txt
  vnfacts extract dump.jsonl.gz -o records.jsonl
  vnfacts extract --help";

#[derive(Subcommand)]
enum Command {
    Extract(extract::Extract),
    Sentences(sentences::Sentences),
    Convert(convert::Convert),
    Export(export::Export),
    #[command(subcommand)]
    Gazetteers(gazetteers::Command),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Eval(eval::Eval),
    Diff(diff::Diff),
    Report(report::Report),
    Gold(gold::Gold),
    Calibrate(eval::Calibrate),
    Audit(audit::Audit),
    Officials(officials::Officials),
    Programmes(programmes::Programmes),
}

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let (command, given) = parse();
    let result = match command {
        Command::Extract(command) => command.run(given),
        Command::Sentences(command) => command.run(given),
        Command::Convert(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Gazetteers(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Report(command) => command.run(given),
        Command::Gold(command) => command.run(),
        Command::Calibrate(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Officials(command) => command.run(),
        Command::Programmes(command) => command.run(),
    };
    ExitCode::from(result.unwrap_or_else(|error| failed(&error)))
}

/// The command, with all its options by name.
fn parse() -> (Command, options::Given) {
    let mut cli = Cli::command();
    let matches = cli.get_matches_mut();
    let named = matches.subcommand().and_then(|(name, matches)| Some((cli.find_subcommand(name)?, matches)));
    let given = named.map(|(command, matches)| options::given(command, matches));
    let parsed = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    (parsed.command, given.unwrap_or_default())
}

/// Tells why nothing went on. A reader that has gone away (`| head`) is no failure.
fn failed(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<crate::error::Error>().is_some_and(|error| error.is_broken_pipe()) {
        return 0;
    }
    let _ = writeln!(std::io::stderr(), "error: {error:#}");
    UNUSABLE
}
