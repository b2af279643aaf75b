//! Work on threads of its own, so many at once and so long each: what outlasts its time is told to stop, and does.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use spareval::CancellationToken;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::reply::Fault;

/// How long work that was told to stop is waited for.
const LAST_CALL: Duration = Duration::from_secs(1);

/// Where work is taken on.
pub struct Desk {
    seats: Arc<Semaphore>,
    time: Duration,
}

impl Desk {
    pub fn new(seats: usize, time: Duration) -> Desk {
        Desk { seats: Arc::new(Semaphore::new(seats)), time }
    }

    /// Does some work on a thread of its own as soon as a seat is free. Its token is cancelled when its time is over, and when whoever
    /// asked has gone. The seat stays taken until the work has come to its end, however it is told to.
    ///
    /// # Errors
    /// No seat came free, or the work has not stopped when it was told to.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(CancellationToken) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let Ok(Ok(seat)) = timeout(self.time, Arc::clone(&self.seats).acquire_owned()).await else {
            let busy = Fault::new(StatusCode::SERVICE_UNAVAILABLE, "too many questions at once");
            return Err(busy.hint("ask again in a while"));
        };
        let stop = StopOnDrop(CancellationToken::new());
        let token = stop.0.clone();
        let mut working = spawn_blocking(move || {
            let done = work(token);
            drop(seat);
            done
        });
        let in_time = timeout(self.time, &mut working).await;
        let done = match in_time {
            Ok(done) => done,
            Err(_) => {
                stop.0.cancel();
                let late = |_| Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "it took too long").hint("ask for less");
                timeout(LAST_CALL, working).await.map_err(late)?
            }
        };
        done.map_err(|_| {
            Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer failed; this is a fault of the server")
        })
    }
}

/// Whoever asked may go away: then nobody waits for this any more, and it is dropped.
struct StopOnDrop(CancellationToken);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
