//! Bad settings are told all at once, before anything starts; a login that row security would not bind is refused.

use tests::program::busbar;
use tests::stage;

fn refused(environment: &[(&str, &str)]) -> String {
    let output = busbar(&["serve"], environment);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn all_faults_of_the_settings_are_told_at_once() {
    let told = refused(&[
        ("BUSBAR_SIGNING_KEY", "secret"),
        ("BUSBAR_DATABASE_CONNECTIONS", "1"),
        ("BUSBAR_PUBLIC_URL", "ftp://busbar.example"),
    ]);
    for setting in [
        "BUSBAR_SIGNING_KEY",
        "BUSBAR_DATABASE_CONNECTIONS",
        "BUSBAR_PUBLIC_URL",
    ] {
        assert!(told.contains(setting), "{setting} in: {told}");
    }
    assert_eq!(told.trim().lines().count(), 3, "{told}");
}

#[test]
fn missing_and_weak_secrets_are_refused_outside_the_demo() {
    assert!(refused(&[("BUSBAR_SIGNING_KEY", "")]).contains("BUSBAR_SIGNING_KEY is missing"));
    assert!(refused(&[("BUSBAR_SIGNING_KEY", &"ab".repeat(32))]).contains("too simple"));
}

#[test]
fn a_login_that_row_security_would_not_bind_is_refused() {
    tests::town::centre();
    let urls = stage().urls();
    let superuser = refused(&[("DATABASE_URL", &urls.superuser)]);
    assert!(superuser.contains("is a superuser"), "{superuser}");
    let owner = refused(&[("DATABASE_URL", &urls.owner)]);
    assert!(owner.contains("owns tables"), "{owner}");
}
