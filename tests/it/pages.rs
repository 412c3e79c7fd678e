//! The pages in Chromium, against the program as people start it first: demo, embedded Postgres, mails as files.

use std::path::Path;
use std::process::{Command, Stdio};

use tests::Program;

/// What a stage gives and a first start does not.
const NOTHING_GIVEN: &[(&str, &str)] = &[
    ("DATABASE_URL", ""),
    ("DATABASE_WORKER_URL", ""),
    ("DATABASE_OWNER_URL", ""),
    ("REDIS_URL", ""),
    ("SMTP_URL", ""),
];

#[test]
fn the_pages_carry_a_call_from_hook_to_case() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/web");
    for (needed, why) in [
        (
            "node_modules/vitest",
            "the packages of the pages are not installed",
        ),
        ("dist/desk.html", "the pages are not built"),
    ] {
        assert!(
            pages.join(needed).exists(),
            "{why}: `make test` does it, or .ci/pages build"
        );
    }
    let program = Program::start(&["serve", "--demo", "--demo-customers", "200"], NOTHING_GIVEN);
    let url = program.base_url();
    let ended = Command::new("npm")
        .args(["run", "--silent", "e2e"])
        .current_dir(&pages)
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env("BUSBAR_URL", url)
        .env("BUSBAR_OPERATOR_LOGIN", "jana")
        .env("BUSBAR_OPERATOR_PASSWORD", "Busbar-demo-2026")
        .env(
            "BUSBAR_CTI_URL",
            format!("{url}/hooks/cti/demo-switchboard-not-a-secret"),
        )
        .env("BUSBAR_DIALLED", "+420800100100")
        .env("BUSBAR_CALLER", "+420777000184")
        .env("BUSBAR_MAIL_DIR", program.data_dir().join("mail"))
        .env("BUSBAR_PORTAL_KEY", "vltava")
        .env("BUSBAR_PORTAL_EMAIL", "alena.havlickova@posta.example")
        .output()
        .expect("npm is not installed: `make test` installs Node with it");
    assert!(
        ended.status.success(),
        "npm run e2e ended with {}:\n{}{}",
        ended.status,
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr)
    );
}
