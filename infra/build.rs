//! The migrations are compiled into the program: a changed SQL file has to rebuild it.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
