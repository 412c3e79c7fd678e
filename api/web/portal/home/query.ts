import { graphql } from '@shared/graphql';

export const PortalHomeDocument = graphql(`
  query PortalHome {
    me {
      kind
      displayName
      tenant { key }
    }
    card {
      loadedAt
      customer { number name { value masked } }
      accounts {
        id
        number
        balance { value { minor currency } masked }
        overdue { value { minor currency } masked }
        source { system at }
      }
      supplyPoints {
        id
        code
        codeKind
        commodity
        address { value masked }
        meters { id serial kind }
        contract { number product }
      }
      invoices {
        id
        number
        kind
        issuedOn
        dueOn
        periodFrom
        periodTo
        net { value { minor currency } masked }
        tax { value { minor currency } masked }
        payable { value { minor currency } masked }
        settled
      }
      cases {
        id
        number
        typeLabel
        subject { value masked }
        state
        openedAt
      }
    }
  }
`);

export const PortalSignOutDocument = graphql(`
  mutation PortalSignOut {
    signOut {
      signedOut
    }
  }
`);
