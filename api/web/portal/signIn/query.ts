import { graphql } from '@shared/graphql';

export const PortalTenantDocument = graphql(`
  query PortalTenant($key: String!) {
    portalTenant(key: $key) {
      key
      name
      languages
      zone
      commodities
      brand { mark solid shape }
    }
  }
`);

export const PortalLinkRequestDocument = graphql(`
  mutation PortalLinkRequest($input: PortalLinkRequestInput!) {
    portalLinkRequest(input: $input) {
      sent
      userErrors { code field message }
    }
  }
`);
