import { graphql } from '@shared/graphql';

export const SignInDocument = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      expiresAt
      userErrors { code field message }
    }
  }
`);
