//! Who stands where among those who met: centrality, groups, bridges, who attended the same events.
//!
//! Of "Macron met Merkel; Merkel met Trump, and then May", Merkel lies on every way between the others: her betweenness is 1.
//! All measures are those of networkx by the same names, equal to 1e-9; the same graph gives the same numbers to the bit.

mod network;
mod centrality;
mod groups;
mod attendance;
mod window;

pub use attendance::{Attendance, attendance};
pub use centrality::{Centrality, betweenness, centralities, closeness, page_rank};
pub use groups::{bridges, communities, components, modularity};
pub use network::{Network, Scope};
pub use window::{Window, windows};
