import { afterEach, expect, it, vi } from 'vitest';
import { MeDocument } from '../../desk/shell/query';
import { createClient } from './client';

vi.stubGlobal('fetch', vi.fn());
afterEach(() => vi.mocked(fetch).mockReset());

function answer(body: unknown, status = 200) {
  const headers = { 'content-type': 'application/graphql-response+json' };
  vi.mocked(fetch).mockResolvedValue(new Response(JSON.stringify(body), { status, headers }));
}

it('names the document, the page and the utility, and sends no query text', async () => {
  answer({ data: { me: null } });
  await createClient({ tenant: 'vltava', onError: () => {} })
    .query(MeDocument, {})
    .toPromise();
  const [url, init] = vi.mocked(fetch).mock.calls[0] ?? [];
  const sent = JSON.parse(String(init?.body)) as Record<string, unknown>;
  expect(url).toBe('/graphql');
  expect(init?.method).toBe('POST');
  expect(sent.documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(sent.query).toBeUndefined();
  expect(init?.headers).toMatchObject({ 'busbar-page': '1', 'busbar-tenant': 'vltava', 'accept-language': 'en' });
});
it('reports the code of an error once', async () => {
  const codes: string[] = [];
  answer({ errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] }, 401);
  await createClient({ onError: (code) => codes.push(code) })
    .query(MeDocument, {})
    .toPromise();
  expect(codes).toEqual(['UNAUTHENTICATED']);
});
it('asks as nobody without the mark that makes the session count', async () => {
  answer({ data: { me: null } });
  await createClient({ nobody: true, onError: () => {} })
    .query(MeDocument, {})
    .toPromise();
  expect(vi.mocked(fetch).mock.calls[0]?.[1]?.headers).not.toHaveProperty('busbar-page');
});
