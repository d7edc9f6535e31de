//! Several devices decide, all offline for as long as it takes, and nobody is lied to.

mod enrolment;
