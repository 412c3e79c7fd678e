import { graphql } from '@shared/graphql';

export const CasePageDocument = graphql(`
  query CasePage($caseId: ID!) {
    node(id: $caseId) {
      __typename
      ... on Case {
        id
        number
        typeLabel
        subject { value masked }
        state
        priority
        version
        owner
        openedAt
        closedAt
      }
    }
  }
`);

export const CaseEntriesDocument = graphql(`
  query CaseEntries($caseId: ID!, $after: String) {
    caseEntries(caseId: $caseId, first: 50, after: $after) {
      edges {
        node {
          id
          at
          by
          kind
          text { value masked }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const CaseNoteDocument = graphql(`
  mutation CaseNote($input: CaseNoteInput!) {
    caseNote(input: $input) {
      case { id version }
      userErrors { code field message }
    }
  }
`);

export const CaseCloseDocument = graphql(`
  mutation CaseClose($input: CaseCloseInput!) {
    caseClose(input: $input) {
      case { id version state }
      userErrors { code field message }
    }
  }
`);
