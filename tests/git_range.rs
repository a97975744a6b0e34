//! `tokensieve git --range`: what commits brought in.
