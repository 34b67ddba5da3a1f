//! Names articles that take long, while they do: each worker tells what it is at, and someone else looks.

use crate::input::fault::{InputFault, Problem};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What all workers are at.
#[derive(Default)]
pub struct Watchdog(Mutex<Vec<Arc<Desk>>>);

/// Where one worker tells what it is at.
#[derive(Default)]
pub struct Desk(Mutex<At>);

#[derive(Default)]
struct At {
    since: Option<Instant>,
    told: bool,
    doc: String,
    path: Arc<str>,
    line: u64,
    byte: u64,
}

impl Watchdog {
    /// A place for one more worker.
    pub fn desk(&self) -> Arc<Desk> {
        let desk = Arc::new(Desk::default());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(desk.clone());
        desk
    }

    /// What has taken longer than `limit` and was not told before.
    pub fn slow(&self, limit: Duration) -> Vec<InputFault> {
        let desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        desks.iter().filter_map(|desk| desk.slow(limit)).collect()
    }
}

impl Desk {
    /// The worker begins with an article, or (without `doc`) with decoding what comes at a place.
    pub fn begin(&self, doc: &str, path: &Arc<str>, (line, byte): (u64, u64)) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        at.since = Some(Instant::now());
        at.told = false;
        at.doc.clear();
        at.doc.push_str(doc);
        (at.line, at.byte) = (line, byte);
        if !Arc::ptr_eq(&at.path, path) {
            at.path = path.clone();
        }
    }

    /// The worker waits for more.
    pub fn rest(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).since = None;
    }

    fn slow(&self, limit: Duration) -> Option<InputFault> {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = at.since?.elapsed();
        if at.told || taken < limit {
            return None;
        }
        at.told = true;
        let doc = (!at.doc.is_empty()).then(|| at.doc.clone());
        let what =
            doc.as_ref().map_or("reading what comes here".into(), |doc| format!("the article {doc:?}"));
        let why = format!("{what} has taken {:.1} s so far", taken.as_secs_f64());
        let hint = "the run goes on; --max-article-bytes passes over long ones, --warn-after tells later";
        Some(Problem::warning("slow", why, hint).of(doc).in_file(&at.path, at.line, at.byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_named_once() {
        let watchdog = Watchdog::default();
        let (slow, resting) = (watchdog.desk(), watchdog.desk());
        let limit = Duration::from_millis(5);
        slow.begin("a", &"d.jsonl".into(), (3, 99));
        resting.begin("b", &"d.jsonl".into(), (4, 199));
        resting.rest();
        assert_eq!(watchdog.slow(Duration::from_secs(60)), []);
        std::thread::sleep(2 * limit);
        let said: Vec<String> = watchdog.slow(limit).iter().map(InputFault::to_string).collect();
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with("d.jsonl:3: warning: slow, the article \"a\" has taken 0.0 s"),
            "{said:?}"
        );
        assert_eq!(watchdog.slow(limit), [], "once is enough");
        slow.begin("", &"d.jsonl".into(), (5, 299));
        std::thread::sleep(2 * limit);
        assert_eq!(watchdog.slow(limit)[0].doc, None);
    }
}
