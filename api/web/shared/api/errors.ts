import type { CombinedError } from 'urql';

const codes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof codes)[number] | 'OFFLINE';

/** No answer at all counts as being offline: whether the call arrived is then unknown. */
export function errorCode(error: CombinedError): ErrorCode {
  const named = error.graphQLErrors[0]?.extensions.code;
  const code = codes.find((known) => known === named);
  if (code) return code;
  if (!error.networkError) return 'INTERNAL';
  const status = (error.response as Response | undefined)?.status;
  if (status === undefined) return 'OFFLINE';
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 502 ? 'UNAVAILABLE' : 'INTERNAL';
}
