import { graphql } from '@shared/graphql';

export const MeDocument = graphql(`
  query Me {
    me {
      id
      kind
      displayName
      locale
      presence { state reason since }
      grants {
        role
        tenant { ...Utility }
      }
      offers {
        id
        interactionId
        channel
        queue
        state
        madeAt
        expiresAt
        tenant { ...Utility }
      }
      contacts {
        id
        number
        type
        state
        since
        tenant { ...Utility }
      }
    }
  }

  fragment Utility on Tenant {
    key
    name
    languages
    commodities
    brand { mark solid shape }
  }
`);

export const PresenceSetDocument = graphql(`
  mutation PresenceSet($input: PresenceSetInput!) {
    presenceSet(input: $input) {
      presence { state reason since }
      userErrors { code field message }
    }
  }
`);

export const OfferAcceptDocument = graphql(`
  mutation OfferAccept($input: OfferInput!) {
    offerAccept(input: $input) {
      offer { id interactionId state }
      userErrors { code field message }
    }
  }
`);

export const OfferDeclineDocument = graphql(`
  mutation OfferDecline($input: OfferInput!) {
    offerDecline(input: $input) {
      offer { id state }
      userErrors { code field message }
    }
  }
`);

export const SignOutDocument = graphql(`
  mutation SignOut {
    signOut {
      signedOut
      userErrors { code field message }
    }
  }
`);

export const OffersChangedDocument = graphql(`
  subscription OffersChanged {
    offers {
      interactionId
      offerId
      state
      tenant
    }
  }
`);

export const InteractionsChangedDocument = graphql(`
  subscription InteractionsChanged {
    interactions {
      interactionId
      state
      tenant
    }
  }
`);
