//! The type that holds a secret's bytes.

use zeroize::Zeroize;

/// The bytes of a secret.
///
/// It has no `Debug`, `Display` or `Serialize`, so that it cannot slip into a log, a panic or a
/// report: a type that holds one has to say by hand what it prints. Reading it takes the
/// spelled-out [`Secret::expose`].
///
/// ```
/// use tokensieve_core::Secret;
///
/// let secret = Secret::new(b"hunter2");
/// assert_eq!(secret.expose(), b"hunter2");
/// ```
///
/// ```compile_fail
/// println!("{:?}", tokensieve_core::Secret::new(b"hunter2"));
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(Box<[u8]>);

/// Zeroes the bytes.
impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Secret {
    /// Copies the bytes. The copy is zeroed when the secret is dropped.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// Returns the bytes in clear.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}
