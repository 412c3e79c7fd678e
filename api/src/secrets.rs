//! The signing key: given, or kept in the data directory by the demo.

use rand::RngCore;
use std::io::Write;
use std::path::{Path, PathBuf};
use tenancy::token::Keys;

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("secrets").join("signing.key")
}

/// Whether a key is kept in the data directory.
pub fn kept(data_dir: &Path) -> bool {
    file(data_dir).is_file()
}

/// Reads a key of 64 hexadecimal digits; refuses weak ones.
pub fn parse(text: &str) -> Result<[u8; 32], String> {
    let text = text.trim();
    let mut key = [0u8; 32];
    let well_formed = text.len() == 64
        && text.is_ascii()
        && key.iter_mut().enumerate().all(|(i, byte)| {
            text.get(i * 2..i * 2 + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .map(|b| *byte = b)
                .is_some()
        });
    if !well_formed {
        return Err("BUSBAR_SIGNING_KEY is not 64 hexadecimal digits.".to_owned());
    }
    let mut distinct = key.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 8 {
        return Err("BUSBAR_SIGNING_KEY is too simple to be a secret.".to_owned());
    }
    Ok(key)
}

/// The keys: of the setting, else of the data directory, else (demo only) newly made there.
pub fn keys(setting: Option<&str>, data_dir: &Path, may_make: bool) -> Result<Keys, String> {
    let path = file(data_dir);
    let secret = match setting {
        Some(text) => parse(text)?,
        None if path.is_file() => parse(
            &std::fs::read_to_string(&path)
                .map_err(|e| format!("The signing key {} cannot be read: {e}.", path.display()))?,
        )?,
        None if may_make => {
            make(&path).map_err(|e| format!("The signing key {} cannot be written: {e}.", path.display()))?
        }
        None => return Err("There is no signing key: set BUSBAR_SIGNING_KEY.".to_owned()),
    };
    Keys::new(&secret).ok_or_else(|| "The signing key cannot be used.".to_owned())
}

fn make(path: &Path) -> std::io::Result<[u8; 32]> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut secret = [0u8; 32];
    rand::rngs::OsRng.fill_bytes(&mut secret);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let text: String = secret.iter().map(|b| format!("{b:02x}")).collect();
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn weak_keys_are_refused() {
        assert!(parse(&"0".repeat(64)).is_err());
        assert!(parse("secret").is_err());
        assert!(parse(&"zz".repeat(32)).is_err());
        assert!(parse("4d1f6a0c9be27355aa01f39d6c8e2b7440915cfd3e6a8b1720c4d5e6f7089a1b").is_ok());
    }
}
