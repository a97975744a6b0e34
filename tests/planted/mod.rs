//! What whoever writes a scanned tree can put into it: configurations, ignore files, links, broken
//! repositories. None of it makes a scan silent.

mod configuration;
mod output;
mod patterns;
mod tracked;
mod trusted;
