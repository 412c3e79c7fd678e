//! Signed tokens. Each kind has an audience of its own and is refused where another is meant.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::act::By;
use domain::ids::{CustomerId, PersonId, PortalLinkId, SessionId, TenantId};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::RwLock;
use uuid::Uuid;

/// How long a page's session lasts.
pub const COOKIE_LASTS: TimeDelta = TimeDelta::hours(12);
/// How long a bearer session lasts.
pub const BEARER_LASTS: TimeDelta = TimeDelta::hours(1);
/// How long a token made at the command line lasts.
pub const COMMAND_LASTS: TimeDelta = TimeDelta::minutes(10);
/// How long a sign-in link of the portal may be used.
pub const LINK_LASTS: TimeDelta = TimeDelta::minutes(30);

const ISSUER: &str = "busbar";

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A signed-in person of the centre.
    Person,
    /// A signed-in customer.
    Customer,
    /// A sign-in link of the portal.
    PortalLink,
}

impl Kind {
    const fn audience(self) -> &'static str {
        match self {
            Kind::Person => "busbar:person",
            Kind::Customer => "busbar:customer",
            Kind::PortalLink => "busbar:portal-link",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    exp: i64,
    iat: i64,
    /// Session, or link.
    jti: Uuid,
    /// Utility; only customers and links have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ten: Option<Uuid>,
}

/// A token that was good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Of a person.
    Person {
        /// Who.
        person: PersonId,
        /// Session.
        session: SessionId,
    },
    /// Of a customer.
    Customer {
        /// Who.
        customer: CustomerId,
        /// Of which utility.
        tenant: TenantId,
        /// Session.
        session: SessionId,
    },
}

/// A sign-in link that was good; whether it was used is in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownLink {
    /// Whose.
    pub customer: CustomerId,
    /// Of which utility.
    pub tenant: TenantId,
    /// Which link.
    pub link: PortalLinkId,
}

/// The signing key of the house (Ed25519) and what is made with it.
pub struct Keys {
    signing: SigningKey,
    verifying: VerifyingKey,
    encoding: EncodingKey,
    decoding: DecodingKey,
    id: String,
    /// Sessions' tokens that were good, by digest, with their end: a signature is checked once.
    seen: RwLock<HashMap<[u8; 32], (Shown, i64)>>,
}

/// Tokens remembered at most; beyond it all are forgotten and checked anew.
const SEEN_MOST: usize = 20_000;

impl Keys {
    /// Keys of a 32-byte secret; `None` if it cannot be encoded.
    pub fn new(secret: &[u8; 32]) -> Option<Keys> {
        let signing = SigningKey::from_bytes(secret);
        let verifying = signing.verifying_key();
        let der = signing.to_pkcs8_der().ok()?;
        let id = URL_SAFE_NO_PAD.encode(&Sha256::digest(verifying.as_bytes())[..9]);
        Some(Keys {
            encoding: EncodingKey::from_ed_der(der.as_bytes()),
            decoding: DecodingKey::from_ed_der(verifying.as_bytes()),
            signing,
            verifying,
            id,
            seen: RwLock::default(),
        })
    }

    /// Short name of the key, written beside every signature.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Signs bytes (audit heads).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.signing.sign(message).to_bytes().to_vec()
    }

    /// Whether this key signed these bytes.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.verifying.verify(message, &s).is_ok())
    }

    /// A token of a session.
    pub fn session_token(
        &self,
        by: By,
        tenant: Option<TenantId>,
        session: SessionId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Option<String> {
        let kind = if tenant.is_some() {
            Kind::Customer
        } else {
            Kind::Person
        };
        self.encode(kind, by.id()?, tenant, session.0, now, until)
    }

    /// A sign-in link's token.
    pub fn link_token(
        &self,
        customer: CustomerId,
        tenant: TenantId,
        link: PortalLinkId,
        now: DateTime<Utc>,
    ) -> Option<String> {
        self.encode(
            Kind::PortalLink,
            customer.0,
            Some(tenant),
            link.0,
            now,
            now + LINK_LASTS,
        )
    }

    fn encode(
        &self,
        kind: Kind,
        sub: Uuid,
        tenant: Option<TenantId>,
        jti: Uuid,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Option<String> {
        let claims = Claims {
            iss: ISSUER.into(),
            aud: kind.audience().into(),
            sub,
            exp: until.timestamp(),
            iat: now.timestamp(),
            jti,
            ten: tenant.map(|t| t.0),
        };
        let header = Header {
            kid: Some(self.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &self.encoding).ok()
    }

    fn decode(&self, kind: Kind, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[kind.audience()]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
        // The instant is the request's, read once; the library would read the clock again.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .ok()?
            .claims;
        (now.timestamp() < claims.exp && claims.iat <= now.timestamp() + 60).then_some(claims)
    }

    /// Reads a session's token, of a person or a customer. Whether the session still lives is not the token's to say.
    pub fn session_read(&self, token: &str, now: DateTime<Utc>) -> Option<Shown> {
        let digest = digest(token);
        if let Ok(seen) = self.seen.read()
            && let Some((shown, until)) = seen.get(&digest)
        {
            return (now.timestamp() < *until).then_some(*shown);
        }
        let (shown, until) = self.session_check(token, now)?;
        if let Ok(mut seen) = self.seen.write() {
            if seen.len() >= SEEN_MOST {
                seen.clear();
            }
            seen.insert(digest, (shown, until));
        }
        Some(shown)
    }

    fn session_check(&self, token: &str, now: DateTime<Utc>) -> Option<(Shown, i64)> {
        if let Some(c) = self.decode(Kind::Person, token, now) {
            let (person, session) = (PersonId(c.sub), SessionId(c.jti));
            return Some((Shown::Person { person, session }, c.exp));
        }
        let c = self.decode(Kind::Customer, token, now)?;
        let (customer, tenant, session) = (CustomerId(c.sub), TenantId(c.ten?), SessionId(c.jti));
        Some((
            Shown::Customer {
                customer,
                tenant,
                session,
            },
            c.exp,
        ))
    }

    /// Reads a sign-in link's token.
    pub fn link_read(&self, token: &str, now: DateTime<Utc>) -> Option<ShownLink> {
        let c = self.decode(Kind::PortalLink, token, now)?;
        Some(ShownLink {
            customer: CustomerId(c.sub),
            tenant: TenantId(c.ten?),
            link: PortalLinkId(c.jti),
        })
    }
}

/// SHA-256 of a secret text: what is stored of tokens.
pub fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_is_refused_where_another_is_meant() {
        let keys = Keys::new(&[7; 32]).unwrap();
        let other = Keys::new(&[8; 32]).unwrap();
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
        let (person, session) = (PersonId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let (customer, tenant, link) = (
            CustomerId(Uuid::from_u128(3)),
            TenantId(Uuid::from_u128(4)),
            PortalLinkId(Uuid::from_u128(5)),
        );
        let of_person = keys
            .session_token(By::Person(person), None, session, now, now + COMMAND_LASTS)
            .unwrap();
        let of_link = keys.link_token(customer, tenant, link, now).unwrap();
        let of_customer = keys
            .session_token(
                By::Customer(customer),
                Some(tenant),
                session,
                now,
                now + COMMAND_LASTS,
            )
            .unwrap();
        assert_eq!(
            keys.session_read(&of_person, now),
            Some(Shown::Person { person, session })
        );
        assert_eq!(
            keys.session_read(&of_customer, now),
            Some(Shown::Customer {
                customer,
                tenant,
                session
            })
        );
        assert_eq!(keys.session_read(&of_link, now), None);
        assert_eq!(keys.link_read(&of_customer, now), None);
        assert_eq!(
            keys.link_read(&of_link, now),
            Some(ShownLink {
                customer,
                tenant,
                link
            })
        );
        assert_eq!(keys.link_read(&of_link, now + LINK_LASTS), None);
        assert_eq!(other.session_read(&of_person, now), None);
        assert_eq!(keys.session_read(&of_person, now + COMMAND_LASTS), None);
    }
}
