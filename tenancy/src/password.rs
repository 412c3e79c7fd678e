//! Passwords, kept as argon2id.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng};

/// Shortest password that is accepted.
pub const SHORTEST: usize = 12;

/// A hash that fits no password: checking against it costs what a real check costs, so that unknown logins answer in the same time.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$YnVzYmFyLW5vYm9keXMtMQ$9wdqL9pYV3sJZ0oJ8yyf0UcYb1d1a3aA9n1eJXh4u2E";

/// Hashes a password (argon2id, 19 MiB, 2 passes: the OWASP minimum); `None` if the machine gives no randomness.
pub fn hash(password: &str) -> Option<String> {
    let salt = SaltString::generate(&mut OsRng);
    Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .ok()
        .map(|h| h.to_string())
}

/// Whether the password fits; costs the same when there is no hash to compare with.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODYS)) else {
        return false;
    };
    let fits = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    fits && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_only_its_own() {
        let kept = hash("correct horse battery").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(verify("correct horse battery", Some(&kept)));
        assert!(!verify("correct horse batterz", Some(&kept)));
        assert!(!verify("anything", None));
        assert!(
            PasswordHash::new(NOBODYS).is_ok(),
            "the dummy must parse, else it costs nothing"
        );
    }
}
