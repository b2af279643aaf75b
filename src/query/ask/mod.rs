//! Questions in English: "Who met Solheim in Geneva?" is read as `who-met Solheim --at Geneva`, and answered.
//!
//! The question is read by the engine that reads the articles. Its tree is fitted to the patterns of `schema/questions` and of the
//! event types, its verb looked up among the cues of claims. Every word of it must be accounted for: one that says something which
//! no query can say ("before the storm") is told, rather than passed over for an answer to another question.

mod answer;
mod phrase;
mod question;
mod reading;

pub use answer::{Answer, Findings, Reply, Verdict, answer, ask, newest};
pub use phrase::Phrase;
pub use question::{Asks, Question, Sought};
pub use reading::read;
