//! Sends one mail at a time for the worker, and says whether trying again makes sense.
//!
//! Without an SMTP server each mail becomes a complete `.eml` file, so that the demo and a developer see
//! exactly what would leave. Texts come from tenants and customers: control characters in anything that
//! becomes a header are refused here, once, whatever the caller did.

use std::fmt;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::address::AddressError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sha2::{Digest, Sha256};
use url::Url;

/// Bound of each step of the conversation with the server.
const STEP_LIMIT: Duration = Duration::from_secs(10);
/// Bound of the whole conversation: the worker's lease is longer.
const SEND_LIMIT: Duration = Duration::from_secs(30);
/// Answers of the 5xx class that speak of our login and not of the mail.
const LOGIN_ANSWERS: [u16; 4] = [530, 534, 535, 538];

/// A mail that is ready to leave.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// The same at each attempt, so that a repetition is recognisable: `local@domain` or only the local
    /// part, which is completed with the sender's domain. Also names the file.
    pub message_id: String,
    /// Display name of the sender, the utility's.
    pub from_name: String,
    /// Address of the sender.
    pub from_address: String,
    /// Address of the one recipient.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML, when there is one.
    pub html: Option<String>,
    /// Language tag of the text (`cs`, `pl`, `en-GB`).
    pub language: String,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub enum MailError {
    /// This mail will never be taken: a bad address, a header that is none, a permanent refusal. Do not
    /// try again.
    Refused(String),
    /// Try again later.
    Later(String),
    /// `SMTP_URL` or the mail directory cannot be used.
    Setting(String),
}

impl fmt::Display for MailError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(text) => write!(out, "mail refused: {text}"),
            Self::Later(text) => write!(out, "mail not sent yet: {text}"),
            Self::Setting(text) => write!(out, "mail settings: {text}"),
        }
    }
}

impl std::error::Error for MailError {}

/// The way out for mail; clones share it.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Directory(PathBuf),
}

impl Mailer {
    /// Sends to the server of `smtp_url`, or writes files into `mail_dir` without one.
    ///
    /// `smtps://login:password@host:465` speaks TLS from the first byte. `smtp://host:587` takes STARTTLS
    /// where the server offers it, insists on it as soon as there is a password, and leaves it out towards
    /// this machine itself; `?tls=none|opportunistic|required` decides otherwise.
    ///
    /// # Errors
    /// [`MailError::Setting`].
    pub fn new(smtp_url: Option<&str>, mail_dir: &Path) -> Result<Self, MailError> {
        let way = match smtp_url {
            Some(url) => Way::Smtp(transport(url)?),
            None => Way::Directory(mail_dir.to_owned()),
        };
        Ok(Self { way })
    }

    /// Sends one mail. A repetition after a lost answer carries the same message id.
    ///
    /// # Errors
    /// [`MailError::Refused`] or [`MailError::Later`].
    pub async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let message = compose(mail)?;
        match &self.way {
            Way::Smtp(transport) => match tokio::time::timeout(SEND_LIMIT, transport.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(judge(&error, mail)),
                Err(_) => Err(MailError::Later("the server is too slow".to_owned())),
            },
            Way::Directory(directory) => {
                let (directory, name) = (directory.clone(), file_name(&mail.message_id));
                let bytes = message.formatted();
                tokio::task::spawn_blocking(move || write_file(&directory, &name, &bytes))
                    .await
                    .map_err(|error| MailError::Later(error.to_string()))?
                    .map_err(|error| MailError::Later(format!("mail directory: {error}")))
            }
        }
    }
}

fn transport(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    let setting = |text: &str| MailError::Setting(format!("SMTP_URL {text}"));
    let url = Url::parse(url).map_err(|error| setting(&format!("is not a URL: {error}")))?;
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or_else(|| setting("names no host"))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    let chosen = url
        .query_pairs()
        .find(|(key, _)| key == "tls")
        .map(|(_, value)| value.into_owned());
    let parameters = || {
        TlsParameters::new(host.to_owned()).map_err(|error| setting(&format!("host unfit for TLS: {error}")))
    };
    let (tls, port) = match (url.scheme(), chosen.as_deref()) {
        ("smtps", None) => (Tls::Wrapper(parameters()?), 465),
        ("smtp", Some("none")) => (Tls::None, 25),
        ("smtp", Some("required")) => (Tls::Required(parameters()?), 587),
        ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), 25),
        ("smtp", None) if here => (Tls::None, 25),
        ("smtp", None) if url.password().is_some() => (Tls::Required(parameters()?), 587),
        ("smtp", None) => (Tls::Opportunistic(parameters()?), 25),
        _ => {
            return Err(setting(
                "must begin with smtp:// or smtps://, `tls` be none, opportunistic or required",
            ));
        }
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(url.port().unwrap_or(port))
        .tls(tls)
        .timeout(Some(STEP_LIMIT));
    if let Some(password) = url.password() {
        builder = builder.credentials(Credentials::new(
            percent_decoded(url.username()),
            percent_decoded(password),
        ));
    }
    Ok(builder.build())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digits = others
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Makes the whole message, refusing what could add a header or a recipient.
fn compose(mail: &OutgoingMail) -> Result<Message, MailError> {
    for (what, text) in [
        ("message id", &mail.message_id),
        ("sender's name", &mail.from_name),
        ("sender's address", &mail.from_address),
        ("recipient's address", &mail.to),
        ("subject", &mail.subject),
        ("language", &mail.language),
    ] {
        if text
            .chars()
            .any(|character| character.is_control() || "\u{2028}\u{2029}".contains(character))
        {
            return Err(MailError::Refused(format!(
                "the {what} holds a control character"
            )));
        }
    }
    let from = address(&mail.from_address, "sender's")?;
    let to = address(&mail.to, "recipient's")?;
    let id = mail.message_id.trim_start_matches('<').trim_end_matches('>');
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"<>@\"(),:;\\[]".contains(&byte))
    };
    let id = match id.split_once('@') {
        Some((local, domain)) if plain(local) && plain(domain) => format!("<{id}>"),
        None if plain(id) => format!("<{id}@{}>", from.domain()),
        _ => return Err(MailError::Refused("the message id is none".to_owned())),
    };
    let tag = &mail.language;
    if tag.is_empty()
        || tag.len() > 35
        || !tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(MailError::Refused("the language is no language tag".to_owned()));
    }
    let name = Some(mail.from_name.trim().to_owned()).filter(|name| !name.is_empty());
    let builder = Message::builder()
        .message_id(Some(id))
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        // Answering machines stay silent, so that two of them cannot talk to each other for ever.
        .header(AutoSubmitted)
        .header(ContentLanguage(tag.clone()));
    let text = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone());
    match &mail.html {
        None => builder.singlepart(text),
        Some(html) => builder.multipart(
            MultiPart::alternative().singlepart(text).singlepart(
                SinglePart::builder()
                    .header(ContentType::TEXT_HTML)
                    .body(html.clone()),
            ),
        ),
    }
    .map_err(|error| MailError::Refused(error.to_string()))
}

fn address(text: &str, whose: &str) -> Result<Address, MailError> {
    // The address itself stays out of the text, which goes to the log.
    text.parse()
        .map_err(|error: AddressError| MailError::Refused(format!("{whose} address: {error}")))
}

/// Sorts what the server or the line said into "never" and "later". The answer's text may repeat the
/// recipient's address, so only its number is passed on.
fn judge(error: &lettre::transport::smtp::Error, mail: &OutgoingMail) -> MailError {
    let code = error.status().map(u16::from);
    match code {
        Some(code) if error.is_permanent() && !LOGIN_ANSWERS.contains(&code) => {
            MailError::Refused(format!("the server answers {code}"))
        }
        Some(code) => MailError::Later(format!("the server answers {code}")),
        // The client stops before the server can refuse: an address beyond ASCII needs SMTPUTF8.
        None if error.is_client() && !(mail.to.is_ascii() && mail.from_address.is_ascii()) => {
            MailError::Refused("the server does not take addresses beyond ASCII".to_owned())
        }
        None if error.is_timeout() => MailError::Later("the server does not answer".to_owned()),
        None if error.is_tls() => MailError::Later("no secure connection to the server".to_owned()),
        None => MailError::Later("the connection to the server failed".to_owned()),
    }
}

/// A name that is safe in any directory and the same for the same message id.
fn file_name(message_id: &str) -> String {
    let safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(byte);
    let plain =
        !message_id.is_empty() && !message_id.starts_with('.') && message_id.bytes().all(|byte| safe(&byte));
    if plain && message_id.len() <= 120 {
        return format!("{message_id}.eml");
    }
    let kept: String = message_id.bytes().filter(safe).take(60).map(char::from).collect();
    let digest: String = Sha256::digest(message_id)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{digest}.eml", kept.trim_start_matches('.'))
}

/// Whoever looks into the directory finds whole mails only.
fn write_file(directory: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)?;
    let aside = directory.join(format!(".{name}.{:08x}", rand::random::<u32>()));
    let write = || {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&aside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&aside, directory.join(name))
    };
    write().inspect_err(|_| {
        let _ = std::fs::remove_file(&aside);
    })
}

/// `Auto-Submitted: auto-generated` (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// `Content-Language` (RFC 3282).
#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_understood_or_refused() {
        for url in [
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://login:p%40ss@mail.example:587",
            "smtps://login:pass@mail.example",
            "smtp://mail.example?tls=none",
        ] {
            assert!(transport(url).is_ok(), "{url}");
        }
        for url in [
            "mail.example:25",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=perhaps",
        ] {
            assert!(matches!(transport(url), Err(MailError::Setting(_))), "{url}");
        }
        assert_eq!(percent_decoded("p%40ss%"), "p@ss%");
    }

    #[test]
    fn file_names_stay_in_their_directory() {
        assert_eq!(file_name("0197-ab@busbar"), "0197-ab@busbar.eml");
        for odd in ["../../etc/passwd", "a/b", "", ".hidden", &"x".repeat(500)] {
            let name = file_name(odd);
            assert!(
                name.len() < 100 && !name.contains('/') && !name.starts_with('.'),
                "{name}"
            );
        }
        assert_ne!(file_name("a/b"), file_name("a:b"));
    }
}
