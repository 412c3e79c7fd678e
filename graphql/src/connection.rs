//! Pages of lists by keyset: `first` and `after` in, edges with cursors out.

use crate::error::{Answer, ApiError};
use crate::messages::Locale;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use juniper::GraphQLObject;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where a page stands in its list.
#[derive(Clone, Debug, GraphQLObject)]
pub struct PageInfo {
    /// Whether more follows.
    pub has_next_page: bool,
    /// Whether something came before.
    pub has_previous_page: bool,
    /// Cursor of the first edge.
    pub start_cursor: Option<String>,
    /// Cursor of the last edge; give it as `after` for the next page.
    pub end_cursor: Option<String>,
}

/// Rows of a page when `first` is not given.
pub const PAGE: i32 = 20;
/// Most rows of a page.
pub const PAGE_MOST: i32 = 100;

/// A page asked for.
pub struct Page<K> {
    /// How many rows; the store is asked for one more, to know whether more follows.
    pub first: i64,
    /// After which key.
    pub after: Option<K>,
}

impl<K: DeserializeOwned> Page<K> {
    /// Reads `first` and `after`.
    pub fn read(locale: Locale, first: Option<i32>, after: Option<&str>) -> Answer<Page<K>> {
        let first = first.unwrap_or(PAGE);
        if !(0..=PAGE_MOST).contains(&first) {
            return Err(ApiError::bad_input(locale, "first"));
        }
        let after = after
            .map(|text| {
                URL_SAFE_NO_PAD
                    .decode(text)
                    .ok()
                    .and_then(|b| serde_json::from_slice(&b).ok())
                    .ok_or_else(|| ApiError::bad_input(locale, "after"))
            })
            .transpose()?;
        Ok(Page {
            first: i64::from(first),
            after,
        })
    }

    /// How many rows to ask the store for.
    pub fn limit(&self) -> i64 {
        self.first + 1
    }
}

/// The cursor of a key.
pub fn cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// Cuts the row too many and says where the page stands.
pub fn page<K, T, N>(
    page: &Page<K>,
    mut rows: Vec<T>,
    edge: impl Fn(T) -> (String, N),
) -> (Vec<(String, N)>, PageInfo) {
    let most = usize::try_from(page.first).unwrap_or_default();
    let has_next_page = rows.len() > most;
    rows.truncate(most);
    let edges: Vec<_> = rows.into_iter().map(edge).collect();
    let info = PageInfo {
        has_next_page,
        has_previous_page: page.after.is_some(),
        start_cursor: edges.first().map(|e| e.0.clone()),
        end_cursor: edges.last().map(|e| e.0.clone()),
    };
    (edges, info)
}

/// Connection and edge of a node type.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $edge:ident, $node:ty) => {
        /// One row of a page.
        #[derive(juniper::GraphQLObject)]
        #[graphql(context = crate::context::Ctx)]
        pub struct $edge {
            /// Its place in the list.
            pub cursor: String,
            /// The row.
            pub node: $node,
        }
        $(#[$doc])*
        #[derive(juniper::GraphQLObject)]
        #[graphql(context = crate::context::Ctx)]
        pub struct $connection {
            /// The rows.
            pub edges: Vec<$edge>,
            /// Where the page stands.
            pub page_info: crate::connection::PageInfo,
        }
        impl $connection {
            /// The page of these rows; `row` gives key and node.
            pub fn of<P, T, K: serde::Serialize>(page: &crate::connection::Page<P>, rows: Vec<T>, row: impl Fn(T) -> (K, $node)) -> Self {
                let (edges, page_info) = crate::connection::page(page, rows, |t| {
                    let (key, node) = row(t);
                    (crate::connection::cursor(&key), node)
                });
                Self { edges: edges.into_iter().map(|(cursor, node)| $edge { cursor, node }).collect(), page_info }
            }
        }
    };
}
pub(crate) use connection;
