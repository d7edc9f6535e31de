//! Several devices decide, all offline for as long as it takes, and nobody is lied to.

mod carried;
mod enrolment;
mod facts;
mod plan;
mod random;
mod routing;
mod shares;
mod sharing;
mod skew;
