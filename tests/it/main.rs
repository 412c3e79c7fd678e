//! All integration tests, in one binary: it links once and shares one stage.

mod embedded;
