//! The services that all tests of one process share, started by the first test that asks.

use std::path::PathBuf;
use std::sync::LazyLock;

use infra::embedded::{DatabaseUrls, EmbeddedPostgres, EmbeddedSettings};

use crate::{Mailbox, RedisServer, ending};

/// A migrated database, a Redis and a mail server.
pub struct Stage {
    postgres: EmbeddedPostgres,
    redis: RedisServer,
    mailbox: Mailbox,
}

static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let postgres = EmbeddedPostgres::start(&EmbeddedSettings {
        data_dir: ending::directory("stage"),
        durable: false,
        max_connections: 200,
    })
    .unwrap_or_else(|error| panic!("the stage has no Postgres: {error}"));
    infra::migrations::up(&postgres.urls().owner)
        .unwrap_or_else(|error| panic!("the stage cannot be migrated: {error}"));
    Stage {
        postgres,
        redis: RedisServer::start(),
        mailbox: Mailbox::open(),
    }
});

/// The stage of this test process. The first call takes a second or two and may come from any thread; in an
/// async test it blocks that test's runtime, which has nothing else to do yet.
pub fn stage() -> &'static Stage {
    &STAGE
}

impl Stage {
    /// Where each login finds the database.
    pub fn urls(&self) -> &DatabaseUrls {
        self.postgres.urls()
    }

    /// The Redis that all tests share. A test that stops or floods it starts its own.
    pub fn redis(&self) -> &RedisServer {
        &self.redis
    }

    /// Where mail arrives.
    pub fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    /// A fresh directory that is removed when the process ends.
    pub fn directory(&self, name: &str) -> PathBuf {
        ending::directory(name)
    }
}
