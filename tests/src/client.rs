//! A client as people and machines use one: GraphQL over HTTP with the headers of the product.
//!
//! Each test makes its own: connections belong to the runtime of the test that opened them.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// A client with the credentials and headers of one person or machine.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    headers: Vec<(String, String)>,
}

/// An answer. Failing statuses are answers too.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

impl Response {
    /// The value at a JSON pointer below `data`, such as `/me/login`; null when it is absent.
    pub fn data(&self, pointer: &str) -> &Value {
        self.body
            .pointer(&format!("/data{pointer}"))
            .unwrap_or(&Value::Null)
    }

    /// Codes of `errors`, in their order; empty when there are none.
    pub fn error_codes(&self) -> Vec<String> {
        let errors = self.body.get("errors").and_then(Value::as_array);
        let code = |error: &Value| {
            error
                .pointer("/extensions/code")
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned()
        };
        errors
            .map(|errors| errors.iter().map(code).collect())
            .unwrap_or_default()
    }

    /// Codes of the `userErrors` of root field `field`.
    pub fn user_error_codes(&self, field: &str) -> Vec<String> {
        let errors = self
            .data(&format!("/{field}/userErrors"))
            .as_array()
            .cloned()
            .unwrap_or_default();
        errors
            .iter()
            .map(|error| error["code"].as_str().unwrap_or("").to_owned())
            .collect()
    }

    /// The answer itself when it carries no `errors`; panics with the whole body otherwise.
    pub fn ok(self) -> Self {
        assert!(
            self.status == 200 && self.body.get("errors").is_none(),
            "{} {}",
            self.status,
            self.text
        );
        self
    }

    /// `name=value` of every cookie that the answer sets.
    pub fn cookies(&self) -> Vec<String> {
        let all = self
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok());
        all.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned())
            .collect()
    }
}

impl Client {
    /// A client of nobody.
    pub fn new(base_url: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            base_url: base_url.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The same with a header set, replacing one of that name.
    pub fn header(&self, name: &str, value: &str) -> Self {
        let mut client = self.without(name);
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same without a header.
    pub fn without(&self, name: &str) -> Self {
        let mut client = self.clone();
        client
            .headers
            .retain(|(found, _)| !found.eq_ignore_ascii_case(name));
        client
    }

    /// The same with a bearer token.
    pub fn bearer(&self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// The same acting for a utility.
    pub fn tenant(&self, tenant: impl ToString) -> Self {
        self.header("Busbar-Tenant", &tenant.to_string())
    }

    /// The same with an idempotency key.
    pub fn idempotency_key(&self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// The same with the cookies of an answer (`__Host-` ones too, which libraries refuse without TLS).
    pub fn cookies_of(&self, response: &Response) -> Self {
        self.header("Cookie", &response.cookies().join("; "))
    }

    /// Where it speaks to.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Its headers.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// `POST /graphql` with a document.
    pub async fn graphql(&self, document: &str, variables: Value) -> Response {
        self.post("/graphql", &json!({ "query": document, "variables": variables }))
            .await
    }

    /// `POST` of JSON to a path.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.send(self.http.post(format!("{}{path}", self.base_url)).json(body))
            .await
    }

    /// `GET` of a path.
    pub async fn get(&self, path: &str) -> Response {
        self.send(self.http.get(format!("{}{path}", self.base_url))).await
    }

    /// `POST` of any bytes with a content type, for what is no good JSON.
    pub async fn post_raw(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
        let request = self
            .http
            .post(format!("{}{path}", self.base_url))
            .header("Content-Type", content_type);
        self.send(request.body(body.into())).await
    }

    async fn send(&self, mut request: reqwest::RequestBuilder) -> Response {
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = request
            .send()
            .await
            .unwrap_or_else(|error| panic!("no answer: {error:?}"));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer
            .text()
            .await
            .unwrap_or_else(|error| panic!("no whole answer: {error:?}"));
        Response {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }
}
