//! Time cut into months, quarters or years: a meeting of 7 July 2017 lies in `2017-07`, in `2017-Q3`, in `2017`.

use std::collections::BTreeSet;

use crate::base::Date;
use crate::graph::{EdgeType, KnowledgeGraph};

/// How long a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Month,
    Quarter,
    Year,
}

impl Window {
    /// The name of the window that a date lies in; `None` where the date is coarser than the window.
    pub fn of(self, date: Date) -> Option<String> {
        let year = date.year();
        match self {
            Window::Month => date.month().map(|month| format!("{year:04}-{month:02}")),
            Window::Quarter => date.month().map(|month| format!("{year:04}-Q{}", (month - 1) / 3 + 1)),
            Window::Year => Some(format!("{year:04}")),
        }
    }
}

/// The windows in which people met, from the first on; those without a meeting are left out.
pub fn windows(graph: &KnowledgeGraph, window: Window) -> BTreeSet<String> {
    let met = graph.edges().filter(|edge| edge.edge_type == EdgeType::Met);
    met.filter_map(|edge| edge.start.or(edge.end)).filter_map(|date| window.of(date)).collect()
}
