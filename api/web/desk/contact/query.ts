import { graphql } from '@shared/graphql';

export const ContactCardDocument = graphql(`
  query ContactCard($interactionId: ID!) {
    card(interactionId: $interactionId) {
      match
      loadedAt
      interaction {
        id
        channel
        direction
        state
        match
        from { value masked }
        queue
        startedAt
        answeredAt
        endedAt
        mine
        customerId
        wrapUpCode
        disposition
      }
      candidates {
        id
        number
        class
        name { value masked }
        address { value masked }
      }
      customer {
        id
        number
        kind
        class
        language
        name { value masked }
        phones { value masked }
        emails { value masked }
        source { system at }
      }
      accounts {
        id
        number
        paymentKey { value masked }
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
        source { system at }
      }
      invoices {
        id
        number
        kind
        issuedOn
        dueOn
        net { value { minor currency } masked }
        tax { value { minor currency } masked }
        payable { value { minor currency } masked }
        settled
        source { system at }
      }
      cases {
        id
        number
        typeLabel
        subject { value masked }
        state
        priority
        openedAt
      }
      interactions {
        id
        channel
        direction
        state
        startedAt
        person
        note { value masked }
      }
    }
  }
`);

export const ContactFormDocument = graphql(`
  query ContactForm($language: String) {
    tenant { key greeting(language: $language) }
    caseTypes { key label }
    wrapUpCodes { key label }
  }
`);

export const CustomerSearchDocument = graphql(`
  query CustomerSearch($search: String!, $after: String) {
    customers(search: $search, first: 10, after: $after) {
      edges {
        node {
          id
          number
          class
          name { value masked }
          address { value masked }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const InvoiceLinesDocument = graphql(`
  query InvoiceLines($invoiceId: ID!) {
    invoiceLines(invoiceId: $invoiceId) {
      position
      name
      quantity
      unit
      net { value { minor currency } masked }
    }
  }
`);

export const InteractionIdentifyDocument = graphql(`
  mutation InteractionIdentify($input: InteractionIdentifyInput!) {
    interactionIdentify(input: $input) {
      interaction { id match customerId }
      userErrors { code field message }
    }
  }
`);

export const InteractionLogDocument = graphql(`
  mutation InteractionLog($input: InteractionLogInput!) {
    interactionLog(input: $input) {
      interaction { id state }
      case { id number }
      userErrors { code field message }
    }
  }
`);
