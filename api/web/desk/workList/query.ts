import { graphql } from '@shared/graphql';

export const WorkListDocument = graphql(`
  query WorkList($after: String) {
    workList(first: 50, after: $after) {
      edges {
        node {
          id
          kind
          number
          type
          state
          priority
          since
          mine
          tenant { ...Utility }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const CaseTypeNamesDocument = graphql(`
  query CaseTypeNames {
    caseTypes { key label }
  }
`);
