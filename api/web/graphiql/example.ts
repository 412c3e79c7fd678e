/** What the editor holds at first: the way from a sign-in to a case, one operation after the other. */
export const exampleQuery = `# Busbar: try documents here. Demo only.
#
# 1. Put the cursor into SignIn, press Ctrl-Enter.
# 2. In the tab Headers below, put the token of
#    the answer in place of TOKEN.
# 3. Run the others, for the utility named in
#    Busbar-Tenant: vltava, morava, wisla, balaton.
#    Jana may act for the first two.
#
# A mutation gets a fresh Idempotency-Key
# unless the headers name one.

mutation SignIn {
  signIn(
    input: {
      login: "jana"
      password: "Busbar-demo-2026"
      session: BEARER
    }
  ) {
    token
    expiresAt
    userErrors { code message }
  }
}

query Me {
  me {
    displayName
    presence { state since }
    grants { role tenant { key name } }
  }
}

query Find {
  customers(search: "+420 777 000 184", first: 5) {
    edges { node { id number name { value masked } } }
  }
}

query Cases {
  cases(state: OPEN, first: 10) {
    edges { node { id number typeLabel state openedAt } }
    pageInfo { hasNextPage endCursor }
  }
}

subscription Offers {
  offers { offerId tenant state expiresAt }
}
`;

export const exampleAuthorization = 'Bearer TOKEN';
export const exampleHeaders = JSON.stringify(
  { Authorization: exampleAuthorization, 'Busbar-Tenant': 'vltava' },
  null,
  2,
);
