//! A lean HTTP/1.1 client that keeps its connection, and two ways of asking: as fast as answers come, and at a set rate.
//!
//! One thread per connection: a thread that blocks in `read` costs less than anything that multiplexes so few.

use super::Bench;
use super::cpu::{CLIENT_THREAD, Cpu};
use super::report::{Round, percentile};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

fn length(head: &str) -> Option<usize> {
    head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    })
}

impl Connection {
    /// Connects.
    pub fn new(address: SocketAddr) -> Result<Connection, String> {
        let stream =
            TcpStream::connect(address).map_err(|e| format!("The server cannot be reached: {e}."))?;
        let set = stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(PATIENCE)));
        set.map_err(|e| e.to_string())?;
        Ok(Connection {
            stream,
            buffer: vec![0; 64 * 1024],
        })
    }

    /// Asks and gives the body of the answer.
    pub fn ask(&mut self, request: &[u8]) -> Result<&str, String> {
        let lost = |e: std::io::Error| format!("The connection was lost: {e}.");
        self.stream.write_all(request).map_err(lost)?;
        let mut filled = 0;
        let mut body: Option<(usize, usize)> = None;
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let read = self
                .stream
                .read(self.buffer.get_mut(filled..).unwrap_or_default())
                .map_err(lost)?;
            if read == 0 {
                return Err("The server closed the connection.".to_owned());
            }
            filled += read;
            let bytes = self.buffer.get(..filled).unwrap_or_default();
            if body.is_none()
                && let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n")
            {
                let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
                let length = length(&head).ok_or("An answer without Content-Length.")?;
                if !head.starts_with("HTTP/1.1 200 ") {
                    return Err(format!(
                        "Not answered: {}",
                        head.lines().next().unwrap_or_default()
                    ));
                }
                body = Some((end + 4, end + 4 + length));
            }
            if let Some((from, to)) = body
                && filled >= to
            {
                return std::str::from_utf8(self.buffer.get(from..to).unwrap_or_default())
                    .map_err(|e| e.to_string());
            }
        }
    }
}

/// A request of a page: a trusted document under a cookie.
pub fn request(
    address: SocketAddr,
    tenant: &str,
    cookie: &str,
    key: Option<&str>,
    document: &str,
    variables: &str,
) -> Vec<u8> {
    let body = format!("{{\"documentId\":\"{document}\",\"variables\":{variables}}}");
    let key = key
        .map(|k| format!("Idempotency-Key: {k}\r\n"))
        .unwrap_or_default();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\n\
         Busbar-Page: 1\r\nBusbar-Tenant: {tenant}\r\nCookie: {}={cookie}\r\n{key}Content-Length: {}\r\n\r\n{body}",
        crate::http::auth::COOKIE,
        body.len()
    )
    .into_bytes()
}

/// Gives a client's requests one after the other; none when they have run out.
pub type Requests<'a> = Box<dyn FnMut() -> Option<Vec<u8>> + Send + 'a>;

/// What has to stand in every answer; nothing else is counted.
pub struct Wanted(pub &'static str);

impl Wanted {
    fn check(&self, body: &str) -> Result<(), String> {
        // The key of the errors stands before the extensions and after the data.
        if body.contains(self.0) && !body.contains("\"errors\":[") {
            Ok(())
        } else {
            Err(format!(
                "Not the answer that was wanted: {}",
                body.chars().take(400).collect::<String>()
            ))
        }
    }
}

const WARMING: u8 = 0;
const COUNTING: u8 = 1;
const OVER: u8 = 2;

fn spawn<'s, T: Send + 's>(
    scope: &'s thread::Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> Result<thread::ScopedJoinHandle<'s, T>, String> {
    thread::Builder::new()
        .name(CLIENT_THREAD.to_owned())
        .spawn_scoped(scope, work)
        .map_err(|e| e.to_string())
}

fn join<T>(handle: thread::ScopedJoinHandle<'_, Result<T, String>>) -> Result<T, String> {
    handle
        .join()
        .unwrap_or_else(|_| Err("A client of the bench ended badly.".to_owned()))
}

/// Asks as fast as answers come: a round after a warm-up.
pub fn closed_loop(
    bench: &Bench<'_>,
    warm_up: Duration,
    wanted: &Wanted,
    requests: &(dyn Fn(usize) -> Requests<'static> + Sync),
) -> Result<Round, String> {
    let phase = AtomicU8::new(WARMING);
    let stop = &bench.scratch.stop;
    let address = bench.server.address;
    let postmaster = bench.scratch.postgres.pid();
    thread::scope(|scope| {
        let mut clients = Vec::new();
        for client in 0..bench.settings.clients {
            let mut next = requests(client);
            let phase = &phase;
            clients.push(spawn(scope, move || {
                let mut connection = Connection::new(address)?;
                let mut micros: Vec<u32> = Vec::new();
                loop {
                    let began_in = phase.load(Ordering::Relaxed);
                    if began_in == OVER {
                        return Ok(micros);
                    }
                    let request = next().ok_or(
                        "A client ran out of prepared contacts; the machine is faster than was thought.",
                    )?;
                    let began = Instant::now();
                    wanted.check(connection.ask(&request)?)?;
                    if began_in == COUNTING && phase.load(Ordering::Relaxed) == COUNTING {
                        micros.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                }
            })?);
        }
        wait(warm_up, stop);
        let (cpu, statements, began) = (Cpu::now(postmaster), bench.server.statements(), Instant::now());
        phase.store(COUNTING, Ordering::Relaxed);
        wait(Duration::from_secs(bench.settings.seconds), stop);
        let cpu = Cpu::now(postmaster).since(cpu);
        let (seconds, after) = (began.elapsed().as_secs_f64(), bench.server.statements());
        phase.store(OVER, Ordering::Relaxed);
        let mut micros = Vec::new();
        for client in clients {
            micros.append(&mut join(client)?);
        }
        stop.check()?;
        let operations = f64::from(u32::try_from(after.1 - statements.1).unwrap_or(u32::MAX)).max(1.0);
        let count = u32::try_from(micros.len()).unwrap_or(u32::MAX);
        Ok(Round {
            per_second: f64::from(count) / seconds,
            count: u64::from(count),
            p50: percentile(&mut micros, 50),
            p99: percentile(&mut micros, 99),
            statements: (after.0 - statements.0) / operations,
            cpu,
        })
    })
}

fn wait(time: Duration, stop: &super::Stop) {
    let until = Instant::now() + time;
    while !stop.asked() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        thread::sleep(left.min(Duration::from_millis(50)));
    }
}

/// Median and 99th percentile in milliseconds when requests arrive at a set rate, whether or not earlier ones were
/// answered: latency counts from the instant a request was due.
pub fn open_loop(
    bench: &Bench<'_>,
    rate: f64,
    wanted: &Wanted,
    requests: &(dyn Fn(usize) -> Requests<'static> + Sync),
) -> Result<(f64, f64), String> {
    let warm_up = super::WARM_UP;
    let (apart, next_up) = (Duration::from_secs_f64(1.0 / rate.max(1.0)), AtomicU64::new(0));
    let began = Instant::now() + Duration::from_millis(100);
    let counting = began + warm_up;
    let until = counting + Duration::from_secs(bench.settings.seconds);
    let stop = &bench.scratch.stop;
    let address = bench.server.address;
    thread::scope(|scope| {
        let mut clients = Vec::new();
        // Many more connections than are busy at once, so that a late answer holds nobody up.
        for place in 0..(bench.settings.clients * 4).min(128) {
            let mut next = requests(place % bench.settings.clients);
            let next_up = &next_up;
            clients.push(spawn(scope, move || {
                let mut connection = Connection::new(address)?;
                let mut micros: Vec<u32> = Vec::new();
                loop {
                    let due = began
                        + apart.mul_f64(f64::from(
                            u32::try_from(next_up.fetch_add(1, Ordering::Relaxed)).unwrap_or(u32::MAX),
                        ));
                    if due >= until || stop.asked() {
                        return Ok(micros);
                    }
                    let request = next().ok_or("A client ran out of prepared contacts.")?;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    wanted.check(connection.ask(&request)?)?;
                    if due >= counting {
                        micros.push(u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                }
            })?);
        }
        let mut micros = Vec::new();
        for client in clients {
            micros.append(&mut join(client)?);
        }
        stop.check()?;
        Ok((percentile(&mut micros, 50), percentile(&mut micros, 99)))
    })
}
