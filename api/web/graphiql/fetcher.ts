import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { exampleAuthorization } from './example';

function socketUrl(): string {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** The example's place for a token is none yet: the server would refuse it, and the sign-in with it. */
const isGiven = (value: unknown) => typeof value === 'string' && value !== '' && value !== exampleAuthorization;
const givenOf = (headers: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => isGiven(value)));

/**
 * Sends what the tab Headers says, with a fresh `Idempotency-Key` unless it names one. Without `Authorization` nobody is
 * signed in: the pages' cookie does not count here, as it may run the pages' own documents only.
 */
export const fetcher: Fetcher = (params, options) => {
  const given = givenOf(options?.headers);
  const names = Object.keys(given).map((name) => name.toLowerCase());
  const headers = names.includes('idempotency-key') ? given : { ...given, 'Idempotency-Key': crypto.randomUUID() };
  const authorization = Object.entries(given).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const socket = createClient({ url: socketUrl(), connectionParams: { authorization }, retryAttempts: 0 });
  const send = createGraphiQLFetcher({ url: '/graphql', wsClient: socket });
  return send(params, { ...options, headers });
};
