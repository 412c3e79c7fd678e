//! Root fields that change. Each is one permission and one use case, in a savepoint of its own that covers its whole
//! sub-selection.

use crate::cases::{Case, CaseCloseInput, CaseNoteInput, CasePayload};
use crate::context::{Change, CookieChange, Ctx};
use crate::error::{Answer, UserError};
use crate::ids::Kind;
use crate::interactions::{
    Interaction, InteractionIdentifyInput, InteractionLogInput, InteractionLogPayload, InteractionPayload,
    Offer, OfferInput, OfferPayload,
};
use crate::policies::{Policy, PolicyPayload, PolicyPutInput, PolicyRemoveInput};
use crate::session::{
    PortalLinkRedeemInput, PortalLinkRequestInput, PortalLinkRequestPayload, SignInInput, SignInPayload,
    SignOutPayload,
};
use crate::workforce::{
    Grant, GrantEndInput, GrantGiveInput, GrantPayload, PresenceSetInput, PresenceSetPayload,
};
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::cases::{self, CasePriority, Closing, NewCase};
use domain::fault::{Code, Fault, Outcome, Refusal, StoreError};
use domain::ids::{CaseId, CustomerId, GrantId, InteractionId, OfferId, PolicyId, SessionId, TenantId};
use domain::interactions::{self, Log};
use domain::scope::{Scope, Sight};
use domain::workforce::{self, NewGrant};
use juniper::{
    Arguments, BoxFuture, DefaultScalarValue, ExecutionResult, Executor, GraphQLType, GraphQLValue,
    GraphQLValueAsync, Registry, graphql_object, meta::MetaType,
};
use tenancy::permission::Permission;
use tenancy::policies::NewPolicy;
use tenancy::session;
use tenancy::token;
use validator::Validate;

/// Changes, each root field in its savepoint.
pub struct Mutation;

/// The fields themselves.
pub struct Changes;

impl GraphQLType<DefaultScalarValue> for Mutation {
    fn name(info: &()) -> Option<juniper::ArcStr> {
        <Changes as GraphQLType<DefaultScalarValue>>::name(info)
    }
    fn meta(info: &(), registry: &mut Registry<DefaultScalarValue>) -> MetaType<DefaultScalarValue> {
        <Changes as GraphQLType<DefaultScalarValue>>::meta(info, registry)
    }
}

impl GraphQLValue<DefaultScalarValue> for Mutation {
    type Context = Ctx;
    type TypeInfo = ();

    fn type_name(&self, info: &()) -> Option<juniper::ArcStr> {
        <Changes as GraphQLType<DefaultScalarValue>>::name(info)
    }

    /// A resolver returns before its sub-selection runs, so the savepoint has to stand around both.
    fn resolve_field(
        &self,
        info: &(),
        field: &str,
        arguments: &Arguments<DefaultScalarValue>,
        executor: &Executor<Ctx, DefaultScalarValue>,
    ) -> ExecutionResult<DefaultScalarValue> {
        let ctx = executor.context();
        ctx.unit(|store| store.savepoint())
            .map_err(juniper::IntoFieldError::into_field_error)?;
        let result = Changes.resolve_field(info, field, arguments, executor);
        let undo = ctx.undo_wanted() || result.is_err();
        ctx.unit(|store| {
            if undo {
                store.savepoint_undo()
            } else {
                store.savepoint_keep()
            }
        })
        .map_err(juniper::IntoFieldError::into_field_error)?;
        result
    }

    fn concrete_type_name(&self, context: &Ctx, info: &()) -> String {
        GraphQLValue::<DefaultScalarValue>::concrete_type_name(&Changes, context, info)
    }
}

/// The socket's stream asks for it of every root, although mutations never run there.
impl GraphQLValueAsync<DefaultScalarValue> for Mutation {
    fn resolve_field_async<'a>(
        &'a self,
        info: &'a (),
        field: &'a str,
        arguments: &'a Arguments<DefaultScalarValue>,
        executor: &'a Executor<Ctx, DefaultScalarValue>,
    ) -> BoxFuture<'a, ExecutionResult<DefaultScalarValue>> {
        Box::pin(futures::future::ready(
            self.resolve_field(info, field, arguments, executor),
        ))
    }
}

/// The first field that does not hold what it must, as a refusal.
fn checked(input: &impl Validate, prefix: &str) -> Outcome<()> {
    fn first(errors: &validator::ValidationErrors, prefix: &str) -> Option<String> {
        let mut fields: Vec<_> = errors.errors().iter().collect();
        fields.sort_by(|a, b| a.0.cmp(b.0));
        fields.into_iter().find_map(|(name, kind)| {
            let name = camel(name);
            let path = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}.{name}")
            };
            match kind {
                validator::ValidationErrorsKind::Struct(nested) => first(nested, &path),
                _ => Some(path),
            }
        })
    }
    match input.validate() {
        Ok(()) => Ok(()),
        Err(errors) => Err(Fault::Refused(Refusal {
            code: Code::Invalid,
            field: first(&errors, prefix),
        })),
    }
}

fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.trim_start_matches("r#").chars() {
        match c {
            '_' => upper = true,
            c if upper => {
                out.extend(c.to_uppercase());
                upper = false;
            }
            c => out.push(c),
        }
    }
    out
}

fn begun(
    ctx: &Ctx,
    w: &mut Change<'_, '_>,
    by: By,
    tenant: Option<TenantId>,
    session: SessionId,
    kind: session::SessionKind,
    until: DateTime<Utc>,
) -> Outcome<Option<String>> {
    let token = ctx
        .house()
        .keys
        .session_token(by, tenant, session, ctx.now(), until)
        .ok_or_else(|| Fault::Store(StoreError::Internal("token could not be signed".into())))?;
    Ok(match kind {
        session::SessionKind::Bearer => Some(token),
        session::SessionKind::Cookie => {
            *w.cookie = Some(CookieChange::Set { token, until });
            None
        }
    })
}

/// Everything that can be changed. Unless said otherwise a field acts for the utility named in the `Busbar-Tenant` header,
/// and the operation takes an `Idempotency-Key` header: the same key again gives the same answer and does nothing more.
#[graphql_object(context = Ctx, name = "Mutation")]
impl Changes {
    /// Begins a session of a person. Acts for no utility; takes no key, its answer is a secret.
    fn sign_in(
        ctx: &Ctx,
        #[graphql(description = "Login and password.")] input: SignInInput,
    ) -> Answer<Option<SignInPayload>> {
        ctx.change(Permission::SessionOpen, |w| {
            checked(&input, "")?;
            let (kind, login) = (input.session.into(), input.login.trim().to_lowercase());
            ctx.unthrottled("sign-in", &login)?;
            let (person, session) = session::sign_in(w.store, &mut w.act, &login, &input.password, kind)?;
            let name = w.store.person_get(person)?.map(|p| p.display_name);
            let token = begun(
                ctx,
                w,
                By::Person(person),
                None,
                session.id,
                kind,
                session.expires_at,
            )?;
            Ok(SignInPayload {
                token,
                expires_at: Some(session.expires_at),
                display_name: name,
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Ends the session it is called in. Its token is dead at once. Takes no key: it is the same the second time.
    fn sign_out(ctx: &Ctx) -> Answer<Option<SignOutPayload>> {
        ctx.change(Permission::SessionClose, |w| {
            let session = ctx.session().ok_or(Fault::Store(StoreError::NotFound))?;
            session::sign_out(w.store, &mut w.act, session)?;
            *w.cookie = Some(CookieChange::Clear);
            Ok(SignOutPayload {
                signed_out: true,
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Sets the asking person's presence. Acts for no utility.
    fn presence_set(
        ctx: &Ctx,
        #[graphql(description = "Presence to be set.")] input: PresenceSetInput,
    ) -> Answer<Option<PresenceSetPayload>> {
        ctx.change(Permission::PresenceSet, |w| {
            checked(&input, "")?;
            let presence = workforce::presence_set(w.store, &mut w.act, input.state.into(), input.reason)?;
            Ok(PresenceSetPayload {
                presence: Some(presence.into()),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Takes an offer: the contact is the asking operator's.
    fn offer_accept(
        ctx: &Ctx,
        #[graphql(description = "Which offer.")] input: OfferInput,
    ) -> Answer<Option<OfferPayload>> {
        let id: OfferId = ctx.local(Kind::Offer, &input.offer_id, "offerId")?;
        ctx.change(Permission::OfferAccept, |w| {
            let (offer, interaction) = interactions::offer_accept(w.store, &mut w.act, id)?;
            Ok(OfferPayload {
                offer: Some(Offer(offer, interaction)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Refuses an offer: it goes to the next operator.
    fn offer_decline(
        ctx: &Ctx,
        #[graphql(description = "Which offer.")] input: OfferInput,
    ) -> Answer<Option<OfferPayload>> {
        let id: OfferId = ctx.local(Kind::Offer, &input.offer_id, "offerId")?;
        let roles = ctx.answering_roles()?;
        ctx.change(Permission::OfferDecline, |w| {
            let (offer, interaction) = interactions::offer_decline(w.store, &mut w.act, id, &roles)?;
            Ok(OfferPayload {
                offer: Some(Offer(offer, interaction)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Says which customer is calling.
    fn interaction_identify(
        ctx: &Ctx,
        #[graphql(description = "Contact and customer.")] input: InteractionIdentifyInput,
    ) -> Answer<Option<InteractionPayload>> {
        let id: InteractionId = ctx.local(Kind::Interaction, &input.interaction_id, "interactionId")?;
        let customer: CustomerId = ctx.local(Kind::Customer, &input.customer_id, "customerId")?;
        ctx.change(Permission::InteractionIdentify, |w| {
            let customers = Scope {
                sight: Sight::ANY,
                ..w.scope
            };
            let interaction = interactions::identify(w.store, &mut w.act, id, customer, &customers)?;
            Ok(InteractionPayload {
                interaction: Some(Interaction(interaction)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Logs a contact and closes it, with an existing or a new case. The customer of a new case is told by mail.
    fn interaction_log(
        ctx: &Ctx,
        #[graphql(description = "What is logged.")] input: InteractionLogInput,
    ) -> Answer<Option<InteractionLogPayload>> {
        let interaction: InteractionId =
            ctx.local(Kind::Interaction, &input.interaction_id, "interactionId")?;
        let customer = input
            .customer_id
            .as_ref()
            .map(|id| ctx.local::<CustomerId>(Kind::Customer, id, "customerId"))
            .transpose()?;
        let case = input
            .case_id
            .as_ref()
            .map(|id| ctx.local::<CaseId>(Kind::Case, id, "caseId"))
            .transpose()?;
        ctx.change(Permission::InteractionLog, |w| {
            checked(&input, "")?;
            if case.is_some() && input.new_case.is_some() {
                return Err(Fault::at(Code::Invalid, "caseId"));
            }
            // The contact is hers: with it she may name the customer and the customer's cases.
            let scope = Scope {
                sight: Sight::ANY,
                ..w.scope
            };
            let log = Log {
                interaction,
                customer,
                wrap_up_code: input.wrap_up_code,
                disposition: input.disposition,
                note: input.note,
                case,
                new_case: input.new_case.map(|c| NewCase {
                    kind: c.r#type,
                    subject: c.subject,
                    text: c.text,
                    priority: c.priority.map_or(CasePriority::Normal, Into::into),
                }),
            };
            let (interaction, case) = interactions::log(w.store, &mut w.act, log, &scope, &scope)?;
            Ok(InteractionLogPayload {
                interaction: Some(Interaction(interaction)),
                case: case.map(Case),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Adds a note inside a case.
    fn case_note(
        ctx: &Ctx,
        #[graphql(description = "Case and note.")] input: CaseNoteInput,
    ) -> Answer<Option<CasePayload>> {
        let id: CaseId = ctx.local(Kind::Case, &input.case_id, "caseId")?;
        ctx.change(Permission::CaseNote, |w| {
            checked(&input, "")?;
            let case = cases::note(w.store, &mut w.act, &w.scope, id, input.text)?;
            Ok(CasePayload {
                case: Some(Case(case)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Closes a case that nobody changed since it was read; else STALE, with the case as it is now.
    fn case_close(
        ctx: &Ctx,
        #[graphql(description = "Case, version and resolution.")] input: CaseCloseInput,
    ) -> Answer<Option<CasePayload>> {
        let id: CaseId = ctx.local(Kind::Case, &input.case_id, "caseId")?;
        ctx.change(Permission::CaseClose, |w| {
            checked(&input, "")?;
            Ok(
                match cases::close(w.store, &mut w.act, &w.scope, id, input.version, input.resolution)? {
                    Closing::Closed(case) => CasePayload {
                        case: Some(Case(case)),
                        user_errors: Vec::new(),
                    },
                    Closing::Stale(case) => CasePayload {
                        case: Some(Case(case)),
                        user_errors: vec![UserError::of(
                            Refusal {
                                code: Code::Stale,
                                field: Some("version".into()),
                            },
                            ctx.locale(),
                        )],
                    },
                },
            )
        })
        .map(Some)
    }

    /// Lends a person to the utility.
    fn grant_give(
        ctx: &Ctx,
        #[graphql(description = "Grant to be given.")] input: GrantGiveInput,
    ) -> Answer<Option<GrantPayload>> {
        ctx.change(Permission::GrantGive, |w| {
            checked(&input, "")?;
            let grant = workforce::grant_give(
                w.store,
                &mut w.act,
                &w.scope,
                NewGrant {
                    person_login: input.person_login.trim().to_lowercase(),
                    role: input.role,
                    commodity: input.commodity.map(Into::into),
                    languages: input.languages,
                    purpose: input.purpose,
                    valid_from: input.valid_from,
                    valid_to: input.valid_to,
                },
            )?;
            Ok(GrantPayload {
                grant: Some(Grant(grant)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Ends a grant now: sight and routing end with it.
    fn grant_end(
        ctx: &Ctx,
        #[graphql(description = "Which grant.")] input: GrantEndInput,
    ) -> Answer<Option<GrantPayload>> {
        let id: GrantId = ctx.local(Kind::Grant, &input.grant_id, "grantId")?;
        ctx.change(Permission::GrantEnd, |w| {
            let grant = workforce::grant_end(w.store, &mut w.act, &w.scope, id)?;
            Ok(GrantPayload {
                grant: Some(Grant(grant)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Adds a rule of access; it holds from the next operation on.
    fn policy_put(
        ctx: &Ctx,
        #[graphql(description = "Rule to be added.")] input: PolicyPutInput,
    ) -> Answer<Option<PolicyPayload>> {
        ctx.change(Permission::PolicyPut, |w| {
            checked(&input, "")?;
            let new = NewPolicy {
                role: input.role,
                object: input.object,
                act: input.act,
                condition: input.condition,
                effect: input.effect,
            };
            let row = tenancy::policies::put(w.store, &mut w.act, &w.scope, new)?;
            Ok(PolicyPayload {
                policy: Some(Policy(row)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Removes a rule of access that is not sealed; it holds from the next operation on.
    fn policy_remove(
        ctx: &Ctx,
        #[graphql(description = "Which rule.")] input: PolicyRemoveInput,
    ) -> Answer<Option<PolicyPayload>> {
        let id: PolicyId = ctx.local(Kind::Policy, &input.policy_id, "policyId")?;
        ctx.change(Permission::PolicyRemove, |w| {
            let row = tenancy::policies::remove(w.store, &mut w.act, &w.scope, id)?;
            Ok(PolicyPayload {
                policy: Some(Policy(row)),
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Asks for a sign-in link by mail. One answer for known and unknown addresses. Acts for no utility.
    fn portal_link_request(
        ctx: &Ctx,
        #[graphql(description = "Utility and address.")] input: PortalLinkRequestInput,
    ) -> Answer<Option<PortalLinkRequestPayload>> {
        ctx.change(Permission::PortalLinkRequest, |w| {
            checked(&input, "")?;
            let tenant = ctx
                .house()
                .tenants
                .by_key(&input.tenant_key)
                .ok_or_else(|| Fault::at(Code::Invalid, "tenantKey"))?
                .id;
            let email =
                domain::normal::email(&input.email).ok_or_else(|| Fault::at(Code::Invalid, "email"))?;
            ctx.unthrottled("portal-link", &email)?;
            w.act.tenant = tenant;
            w.store.tenant_enter(tenant)?;
            session::portal_link_request(w.store, &mut w.act, &email)?;
            Ok(PortalLinkRequestPayload {
                sent: true,
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }

    /// Uses a sign-in link up and begins a customer's session. Acts for the utility of the link; takes no key.
    fn portal_link_redeem(
        ctx: &Ctx,
        #[graphql(description = "The link's token.")] input: PortalLinkRedeemInput,
    ) -> Answer<Option<SignInPayload>> {
        ctx.change(Permission::PortalLinkRedeem, |w| {
            checked(&input, "")?;
            ctx.unthrottled("portal-redeem", "")?;
            let shown = ctx
                .house()
                .keys
                .link_read(&input.token, ctx.now())
                .ok_or_else(|| Fault::at(Code::LinkInvalid, "token"))?;
            let kind = input.session.into();
            w.act.tenant = shown.tenant;
            w.store.tenant_enter(shown.tenant)?;
            let session =
                session::portal_link_redeem(w.store, &mut w.act, &shown, &token::digest(&input.token), kind)?;
            let token = begun(
                ctx,
                w,
                By::Customer(shown.customer),
                Some(shown.tenant),
                session.id,
                kind,
                session.expires_at,
            )?;
            Ok(SignInPayload {
                token,
                expires_at: Some(session.expires_at),
                display_name: None,
                user_errors: Vec::new(),
            })
        })
        .map(Some)
    }
}
