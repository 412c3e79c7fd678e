/** What the editor holds at first: the way from a sign-in to a case, one operation after the other. */
export const exampleQuery = `# Busbar: a page to try documents in. It exists in the demo only.
#
# 1. Put the cursor into SignIn and press Ctrl-Enter. Copy the token of the answer.
# 2. In the tab "Headers" below, put the token in place of TOKEN.
# 3. Run the others. Each acts for the utility named in Busbar-Tenant:
#    vltava, morava, wisla or balaton. Jana may act for the first two.
# A mutation gets a fresh Idempotency-Key unless the headers name one.

mutation SignIn {
  signIn(input: { login: "jana", password: "Busbar-demo-2026", session: BEARER }) {
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

export const exampleHeaders = JSON.stringify({ Authorization: 'Bearer TOKEN', 'Busbar-Tenant': 'vltava' }, null, 2);
