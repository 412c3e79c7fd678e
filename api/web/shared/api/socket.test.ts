import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { InteractionsChangedDocument, OffersChangedDocument } from '../../desk/shell/query';
import manifest from '../graphql/persisted-documents.json';
import { trustedText } from './socket';

it.each([OffersChangedDocument, InteractionsChangedDocument])('sends a text the server trusts', (document) => {
  const text = trustedText(document);
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  expect(manifest).toHaveProperty([hash], text);
});
