import { graphql } from '@shared/graphql';

export const PortalLinkRedeemDocument = graphql(`
  mutation PortalLinkRedeem($input: PortalLinkRedeemInput!) {
    portalLinkRedeem(input: $input) {
      expiresAt
      userErrors { code field message }
    }
  }
`);
