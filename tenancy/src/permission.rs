//! Every permission of the house and the root field it belongs to. `caseClose` asks `case:close`.

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $field:literal, $object:literal, $act:literal, $home:ident;)+) => {
        /// What may be asked. One per root field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission { $($(#[$doc])* $variant),+ }
        impl Permission {
            /// All of them.
            pub const ALL: &'static [Permission] = &[$(Permission::$variant),+];
            /// The root field.
            pub const fn field(self) -> &'static str { match self { $(Permission::$variant => $field),+ } }
            /// Casbin's object.
            pub const fn object(self) -> &'static str { match self { $(Permission::$variant => $object),+ } }
            /// Casbin's act.
            pub const fn act(self) -> &'static str { match self { $(Permission::$variant => $act),+ } }
            /// Where it is decided.
            pub const fn home(self) -> Home { match self { $(Permission::$variant => Home::$home),+ } }
        }
    };
}

/// Under whose policies a permission is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The utility's that the operation acts for.
    Tenant,
    /// The centre's: the operation acts for no utility.
    Centre,
    /// The utility's if one is named, else the centre's.
    Either,
}

permissions! {
    /// Who am I.
    Me = "me", "me", "read", Either;
    /// One object by id; what it is decides further.
    Node = "node", "node", "read", Tenant;
    /// Several objects by id.
    Nodes = "nodes", "node", "list", Tenant;
    /// The utility acted for.
    Tenant = "tenant", "tenant", "read", Tenant;
    /// A utility's looks before sign-in.
    PortalTenant = "portalTenant", "portal", "look", Centre;
    /// The whole customer.
    Card = "card", "card", "read", Tenant;
    /// Search customers.
    CustomerList = "customers", "customer", "list", Tenant;
    /// Invoices of an account.
    InvoiceList = "invoices", "invoice", "list", Tenant;
    /// Lines of an invoice.
    InvoiceRead = "invoiceLines", "invoice", "read", Tenant;
    /// Contacts.
    InteractionList = "interactions", "interaction", "list", Tenant;
    /// Cases.
    CaseList = "cases", "case", "list", Tenant;
    /// History of a case.
    CaseRead = "caseEntries", "case", "read", Tenant;
    /// Types of cases.
    CaseTypeList = "caseTypes", "case-type", "list", Tenant;
    /// Wrap-up codes.
    WrapUpList = "wrapUpCodes", "wrap-up", "list", Tenant;
    /// Work over all utilities.
    WorkList = "workList", "work", "list", Centre;
    /// Grants of the utility.
    GrantList = "grants", "grant", "list", Tenant;
    /// Rules of access.
    PolicyList = "policies", "policy", "list", Tenant;
    /// The audit.
    AuditList = "auditEntries", "audit", "list", Tenant;
    /// Sign in.
    SessionOpen = "signIn", "session", "open", Centre;
    /// Sign out.
    SessionClose = "signOut", "session", "close", Either;
    /// Set one's presence.
    PresenceSet = "presenceSet", "presence", "set", Centre;
    /// Take an offer.
    OfferAccept = "offerAccept", "offer", "accept", Tenant;
    /// Refuse an offer.
    OfferDecline = "offerDecline", "offer", "decline", Tenant;
    /// Say who is calling.
    InteractionIdentify = "interactionIdentify", "interaction", "identify", Tenant;
    /// Log a contact.
    InteractionLog = "interactionLog", "interaction", "log", Tenant;
    /// Add a note to a case.
    CaseNote = "caseNote", "case", "note", Tenant;
    /// Close a case.
    CaseClose = "caseClose", "case", "close", Tenant;
    /// Give a grant.
    GrantGive = "grantGive", "grant", "give", Tenant;
    /// End a grant.
    GrantEnd = "grantEnd", "grant", "end", Tenant;
    /// Add a rule.
    PolicyPut = "policyPut", "policy", "put", Tenant;
    /// Remove a rule.
    PolicyRemove = "policyRemove", "policy", "remove", Tenant;
    /// Ask for a sign-in link.
    PortalLinkRequest = "portalLinkRequest", "portal-link", "request", Centre;
    /// Use a sign-in link.
    PortalLinkRedeem = "portalLinkRedeem", "portal-link", "redeem", Centre;
    /// Hear of offers.
    OfferHear = "offers", "offer", "hear", Centre;
    /// Hear of contacts.
    InteractionHear = "interactions", "interaction", "hear", Centre;
}

/// Classes of fields that a grant shows in full, masked, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldClass {
    /// Phones, e-mails, addresses.
    Contact,
    /// Names, registration numbers.
    Identity,
    /// Balances, amounts, payment keys.
    Financial,
    /// Health and other reasons for care.
    Vulnerability,
    /// What people wrote.
    FreeText,
}

impl FieldClass {
    /// All classes.
    pub const ALL: &'static [FieldClass] = &[
        FieldClass::Contact,
        FieldClass::Identity,
        FieldClass::Financial,
        FieldClass::Vulnerability,
        FieldClass::FreeText,
    ];
    /// As in audit and policy.
    pub const fn text(self) -> &'static str {
        match self {
            FieldClass::Contact => "contact",
            FieldClass::Identity => "identity",
            FieldClass::Financial => "financial",
            FieldClass::Vulnerability => "vulnerability",
            FieldClass::FreeText => "free_text",
        }
    }
    /// Casbin's object.
    pub const fn object(self) -> &'static str {
        match self {
            FieldClass::Contact => "class:contact",
            FieldClass::Identity => "class:identity",
            FieldClass::Financial => "class:financial",
            FieldClass::Vulnerability => "class:vulnerability",
            FieldClass::FreeText => "class:free_text",
        }
    }
}

/// How much of a field class is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    #[default]
    None,
    /// A hint of it.
    Masked,
    /// All.
    Full,
}
