//! Looks at a run from outside, ten times a second: whether it is to stop, whether an article takes long, how far it is.

use super::delivery::Delivery;
use super::watchdog::Watchdog;
use crate::output::part::{beside, resolved, with_suffix};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{Thread, park_timeout, sleep};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(100);
/// So long is waited for a write to end before the run is stopped in the middle of it.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a run and those who look at it share.
pub struct Shared(Mutex<State>);

enum State {
    Running(Box<Delivery>),
    Ending(Ending),
}

/// What is true while a run comes to its end.
#[derive(Default)]
pub struct Ending {
    /// what is removed if the process ends now
    pub passing: Option<PathBuf>,
    /// what is said then
    pub line: Option<String>,
}

impl Shared {
    /// Shares a delivery.
    pub fn new(delivery: Delivery) -> Self {
        Shared(Mutex::new(State::Running(Box::new(delivery))))
    }

    /// Does something with the delivery, while the run goes on.
    pub fn with<T>(&self, work: impl FnOnce(&mut Delivery) -> T) -> Option<T> {
        match &mut *self.lock() {
            State::Running(delivery) => Some(work(delivery)),
            State::Ending(_) => None,
        }
    }

    /// Takes the delivery, to finish it.
    pub fn take(&self) -> Option<Delivery> {
        let mut state = self.lock();
        let State::Running(delivery) = &*state else { return None };
        let ending = Ending { passing: delivery.passing(), line: None };
        let State::Running(delivery) = std::mem::replace(&mut *state, State::Ending(ending)) else {
            return None;
        };
        Some(*delivery)
    }

    /// Tells what is true from now on.
    pub fn ending(&self, ending: Ending) {
        *self.lock() = State::Ending(ending);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lock, if it comes free soon.
    fn lock_soon(&self) -> Option<MutexGuard<'_, State>> {
        let start = Instant::now();
        loop {
            match self.0.try_lock() {
                Ok(guard) => return Some(guard),
                Err(TryLockError::Poisoned(guard)) => return Some(guard.into_inner()),
                Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return None,
                Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(5)),
            }
        }
    }

    /// Ends the process in the middle of the run. Workers are dropped where they are: none of them writes anything.
    fn stop(&self, signal: usize) -> ! {
        if let Some(mut state) = self.lock_soon() {
            match std::mem::replace(&mut *state, State::Ending(Ending::default())) {
                State::Running(delivery) => delivery.stop(),
                State::Ending(ending) => ending.stop(),
            }
        }
        std::process::exit(128 + signal as i32)
    }
}

impl Ending {
    fn stop(self) {
        match self.passing {
            Some(folder) if folder.is_dir() => {
                // Under another name nothing is added to it while it is removed.
                let gone = with_suffix(&folder, ".gone");
                let _ = std::fs::rename(&folder, &gone).and_then(|()| std::fs::remove_dir_all(&gone));
            }
            Some(file) => {
                let _ = std::fs::remove_file(file);
            }
            None => {}
        }
        if let Some(line) = self.line {
            let _ = writeln!(stderr(), "{line}");
        }
    }
}

/// Runs `run` and looks at it meanwhile. Articles that take longer than `slow` are told, if that is given.
pub fn watch<T>(
    shared: &Shared,
    watchdog: &Watchdog,
    slow: Option<Duration>,
    run: impl FnOnce() -> T,
) -> anyhow::Result<T> {
    let (signal, over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    for number in [SIGINT, SIGTERM] {
        // What comes when the run is over does what it does without us.
        flag::register_conditional_default(number, over.clone())?;
        flag::register_usize(number, signal.clone(), number as usize)?;
    }
    Ok(std::thread::scope(|scope| {
        let monitor = scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                look(shared, watchdog, slow, signal.load(Ordering::SeqCst));
                park_timeout(EVERY);
            }
        });
        let _over = Over(&over, monitor.thread());
        run()
    }))
}

/// Does what writes `output` beside its own name; if a signal ends that, nothing is left of it.
pub fn or_nothing<T>(output: Option<&Path>, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let line = output.map(|path| format!("stopped; {} is not written", path.display()));
    let ending = Ending { passing: output.map(|path| beside(&resolved(path))), line };
    watch(&Shared(Mutex::new(State::Ending(ending))), &Watchdog::default(), None, work)?
}

fn look(shared: &Shared, watchdog: &Watchdog, slow: Option<Duration>, signal: usize) {
    if signal != 0 {
        shared.stop(signal);
    }
    let late = slow.map_or_else(Vec::new, |limit| watchdog.slow(limit));
    shared.with(|delivery| {
        late.iter().for_each(|fault| delivery.report.say(&fault.to_string()));
        delivery.report.draw();
    });
}

/// The run is over when this is dropped, also by a panic.
struct Over<'a>(&'a AtomicBool, &'a Thread);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
        self.1.unpark();
    }
}
