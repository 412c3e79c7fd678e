//! A mail server that keeps what it receives and misbehaves on demand. Behaviour hangs on the recipient's
//! address, so that tests which run at the same time do not disturb each other.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use base64::Engine;

use crate::PATIENCE;

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// Address of the envelope's sender.
    pub from: String,
    /// Address of the envelope's recipient.
    pub to: String,
    /// The whole message, lines ending in `\r\n`.
    pub raw: String,
}

impl Received {
    /// Value of a header, continuation lines joined; `None` when it is absent.
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.raw, name)
    }

    /// How often a header occurs.
    pub fn header_count(&self, name: &str) -> usize {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default();
        let starts = |line: &&str| {
            line.split_once(':')
                .is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
        };
        head.split("\r\n").filter(starts).count()
    }

    /// The plain text, decoded.
    pub fn text(&self) -> String {
        match header(&self.raw, "Content-Type")
            .and_then(|kind| Some(kind.split_once("boundary=\"")?.1.to_owned()))
        {
            Some(rest) => {
                let boundary = format!("--{}", rest.split('"').next().unwrap_or_default());
                self.raw
                    .split(&boundary)
                    .nth(1)
                    .map(|part| decoded(part.trim_start()))
                    .unwrap_or_default()
            }
            None => decoded(&self.raw),
        }
    }
}

fn header(message: &str, name: &str) -> Option<String> {
    let head = message
        .split("\r\n\r\n")
        .next()?
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ");
    head.split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
}

fn decoded(part: &str) -> String {
    let body = part.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let bytes = match header(part, "Content-Transfer-Encoding")
        .unwrap_or_default()
        .as_str()
    {
        "base64" => {
            let joined: String = body.split_whitespace().collect();
            base64::engine::general_purpose::STANDARD
                .decode(joined)
                .unwrap_or_default()
        }
        "quoted-printable" => {
            let joined = body.replace("=\r\n", "");
            let mut pieces = joined.split('=');
            let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
            for piece in pieces {
                bytes.extend(
                    piece
                        .get(..2)
                        .and_then(|digits| u8::from_str_radix(digits, 16).ok()),
                );
                bytes.extend(piece.get(2..).unwrap_or_default().bytes());
            }
            bytes
        }
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes)
        .replace("\r\n", "\n")
        .trim_end()
        .to_owned()
}

/// What the server does to a mail for one address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    /// Takes it.
    Take,
    /// Answers RCPT with this code, such as 550 (for ever) or 451 (later).
    Refuse(u16),
    /// Takes it, but hangs up instead of saying so.
    DropAfterData,
    /// Never answers DATA; hangs up with the client.
    Stall,
}

#[derive(Default)]
struct Held {
    mails: Vec<Received>,
    manners: HashMap<String, Manner>,
}

/// The running mail server.
#[derive(Clone)]
pub struct Mailbox {
    address: SocketAddr,
    held: Arc<(Mutex<Held>, Condvar)>,
}

impl Mailbox {
    /// Starts a server on a free port of this machine.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mailbox = Self {
            address: listener.local_addr().unwrap(),
            held: Arc::default(),
        };
        let server = mailbox.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                // A client that hangs up ends its conversation; that is no fault of a test.
                std::thread::spawn(move || server.converse(&stream));
            }
        });
        mailbox
    }

    /// `smtp://127.0.0.1:port`
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on mail for `address` is treated in this manner.
    pub fn set_manner(&self, address: &str, manner: Manner) {
        self.held
            .0
            .lock()
            .unwrap()
            .manners
            .insert(address.to_owned(), manner);
    }

    /// Mails that arrived for `address` so far, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Received> {
        self.held
            .0
            .lock()
            .unwrap()
            .mails
            .iter()
            .filter(|mail| mail.to == address)
            .cloned()
            .collect()
    }

    /// Waits until at least `count` mails arrived for `address`; panics after [`PATIENCE`].
    pub fn wait_for(&self, address: &str, count: usize) -> Vec<Received> {
        let until = Instant::now() + PATIENCE;
        let mut held = self.held.0.lock().unwrap();
        loop {
            let found: Vec<_> = held
                .mails
                .iter()
                .filter(|mail| mail.to == address)
                .cloned()
                .collect();
            if found.len() >= count {
                return found;
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                left > Duration::ZERO,
                "{} of {count} mails for {address} after {PATIENCE:?}",
                found.len()
            );
            held = self.held.1.wait_timeout(held, left).unwrap().0;
        }
    }

    fn manner(&self, address: &str) -> Manner {
        self.held
            .0
            .lock()
            .unwrap()
            .manners
            .get(address)
            .copied()
            .unwrap_or(Manner::Take)
    }

    fn converse(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        let say = |text: &str| (&*stream).write_all(format!("{text}\r\n").as_bytes());
        let (mut from, mut recipients) = (String::new(), Vec::new());
        say("220 stage ESMTP")?;
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let verb = line
                .split([' ', ':', '\r'])
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            match verb.as_str() {
                "EHLO" | "HELO" => say("250-stage\r\n250 8BITMIME")?,
                "MAIL" => {
                    (from, recipients) = (address(), Vec::new());
                    say("250 ok")?;
                }
                "RCPT" => match self.manner(&address()) {
                    Manner::Refuse(code) => say(&format!("{code} not here"))?,
                    _ => {
                        recipients.push(address());
                        say("250 ok")?;
                    }
                },
                "DATA" if recipients.is_empty() => say("503 no recipient")?,
                "DATA" => {
                    say("354 go on")?;
                    let mut raw = String::new();
                    loop {
                        let mut line = String::new();
                        if lines.read_line(&mut line)? == 0 {
                            return Ok(());
                        }
                        if line == ".\r\n" {
                            break;
                        }
                        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    }
                    let manners: Vec<_> = recipients.iter().map(|to| self.manner(to)).collect();
                    if manners.contains(&Manner::Stall) {
                        let _ = lines.read_line(&mut raw);
                        return Ok(());
                    }
                    {
                        let mut held = self.held.0.lock().unwrap();
                        let mail = |to| Received {
                            from: from.clone(),
                            to,
                            raw: raw.clone(),
                        };
                        held.mails.extend(recipients.drain(..).map(mail));
                    }
                    self.held.1.notify_all();
                    if manners.contains(&Manner::DropAfterData) {
                        return stream.shutdown(std::net::Shutdown::Both);
                    }
                    say("250 kept")?;
                }
                "RSET" | "NOOP" => {
                    recipients.clear();
                    say("250 ok")?;
                }
                "QUIT" => return say("221 bye"),
                _ => say("502 not known")?,
            }
        }
    }
}
