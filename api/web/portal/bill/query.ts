import { graphql } from '@shared/graphql';

export const BillLinesDocument = graphql(`
  query BillLines($invoiceId: ID!) {
    invoiceLines(invoiceId: $invoiceId) {
      position
      name
      quantity
      unit
      net { value { minor currency } masked }
    }
  }
`);
