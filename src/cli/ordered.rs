//! The same work on many things by several threads, its results in the order of the things. Workers take turns at
//! the source; whoever finishes what is due next delivers it and all that has been waiting behind it. No more than a
//! few results a thread ever wait, so memory is bounded; with one thread nothing is spawned.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results may wait for an earlier one, for each thread.
const WINDOW: u64 = 3;

/// What is done: things are taken from `source`, worked on with a state of each worker, and delivered.
pub struct Job<I, N, W, D> {
    /// where things come from
    pub source: I,
    /// makes the state of a worker
    pub state: N,
    /// works on one thing
    pub work: W,
    /// takes the results, in order, until it breaks or fails
    pub deliver: D,
}

impl<I, N, W, D> Job<I, N, W, D> {
    /// Does it on `threads` threads.
    pub fn run<R, S, E>(mut self, threads: usize) -> Result<(), E>
    where
        I: Iterator + Send,
        N: Fn() -> S + Sync,
        W: Fn(I::Item, &mut S) -> R + Sync,
        D: FnMut(R) -> Result<ControlFlow<()>, E> + Send,
        R: Send,
        E: Send,
    {
        if threads > 1 {
            return self.run_parallel(threads);
        }
        let mut state = (self.state)();
        for thing in self.source {
            if (self.deliver)((self.work)(thing, &mut state))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn run_parallel<R, S, E>(self, threads: usize) -> Result<(), E>
    where
        I: Iterator + Send,
        N: Fn() -> S + Sync,
        W: Fn(I::Item, &mut S) -> R + Sync,
        D: FnMut(R) -> Result<ControlFlow<()>, E> + Send,
        R: Send,
        E: Send,
    {
        let source = Mutex::new(self.source.zip(0u64..));
        let window = WINDOW * threads as u64;
        let desk = Desk::new(self.deliver, window);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let _alarm = Alarm(&desk);
                    let mut state = (self.state)();
                    loop {
                        let taken = if desk.is_closed() { None } else { lock(&source).next() };
                        let Some((thing, turn)) = taken else { break };
                        desk.hand_in(turn, (self.work)(thing, &mut state));
                    }
                });
            }
        });
        desk.result()
    }
}

/// A lock whose holder panicked is taken all the same: the panic itself ends the run.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where results are handed in.
struct Desk<R, D, E> {
    inner: Mutex<Inner<R, D, E>>,
    moved: Condvar,
    window: u64,
}

struct Inner<R, D, E> {
    due: u64,
    waiting: BTreeMap<u64, R>,
    deliver: D,
    result: Result<(), E>,
    closed: bool,
}

impl<R, D, E> Desk<R, D, E> {
    fn new(deliver: D, window: u64) -> Self {
        let inner = Inner { due: 0, waiting: BTreeMap::new(), deliver, result: Ok(()), closed: false };
        Desk { inner: Mutex::new(inner), moved: Condvar::new(), window }
    }

    fn is_closed(&self) -> bool {
        lock(&self.inner).closed
    }

    fn close(&self) {
        lock(&self.inner).closed = true;
        self.moved.notify_all();
    }

    fn result(self) -> Result<(), E> {
        self.inner.into_inner().unwrap_or_else(PoisonError::into_inner).result
    }

    /// Hands in the result of a turn; waits while it is too far ahead of the one that is due.
    fn hand_in(&self, turn: u64, result: R)
    where
        D: FnMut(R) -> Result<ControlFlow<()>, E>,
    {
        let mut inner = lock(&self.inner);
        while !inner.closed && turn >= inner.due + self.window {
            inner = self.moved.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
        inner.waiting.insert(turn, result);
        inner.deliver_due();
        self.moved.notify_all();
    }
}

impl<R, D: FnMut(R) -> Result<ControlFlow<()>, E>, E> Inner<R, D, E> {
    fn deliver_due(&mut self) {
        while !self.closed {
            let Some(result) = self.waiting.remove(&self.due) else { return };
            self.due += 1;
            match (self.deliver)(result) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => self.closed = true,
                Err(error) => (self.result, self.closed) = (Err(error), true),
            }
        }
    }
}

/// A worker that panics would leave the others waiting for its result.
struct Alarm<'a, R, D, E>(&'a Desk<R, D, E>);

impl<R, D, E> Drop for Alarm<'_, R, D, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn run(threads: usize, until: u64) -> (Vec<u64>, Result<(), u64>) {
        let mut got = Vec::new();
        let job = Job {
            source: 0..200u64,
            state: || (),
            work: |n, _: &mut ()| {
                std::thread::sleep(Duration::from_micros((n * 7919) % 300));
                n
            },
            deliver: |n| {
                got.push(n);
                if n == until { Err(n) } else { Ok(ControlFlow::Continue(())) }
            },
        };
        let result = job.run(threads);
        (got, result)
    }

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            assert_eq!(run(threads, 999), ((0..200).collect(), Ok(())));
        }
    }

    #[test]
    fn an_error_stops_all() {
        for threads in [1, 4] {
            assert_eq!(run(threads, 57), ((0..58).collect(), Err(57)));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_does_not_hang() {
        let job = Job {
            source: 0..100,
            state: || (),
            work: |n, _: &mut ()| assert_ne!(n, 3),
            deliver: |()| Ok::<_, ()>(ControlFlow::Continue(())),
        };
        let _ = job.run(4);
    }
}
