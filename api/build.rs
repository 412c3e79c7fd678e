//! Rebuilds when the pages were built anew: they are embedded in the binary.

fn main() {
    println!("cargo:rerun-if-changed=web/dist");
    println!("cargo:rerun-if-changed=web/shared/graphql/persisted-documents.json");
}
