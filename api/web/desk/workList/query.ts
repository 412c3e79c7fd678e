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
          typeLabel
          state
          priority
          since
          mine
          assigned
          tenant { ...Utility }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
