import { useCallback, useRef, useState } from 'react';
import { type AnyVariables, type OperationResult, type TypedDocumentNode, useClient } from 'urql';
import { errorCode } from './errors';
import { IdempotencyKeys } from './idempotency';

/** Runs a mutation with an idempotency key; the same variables sent again after a lost answer keep the key. */
export function useKeyedMutation<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): [(variables: Variables) => Promise<OperationResult<Data, Variables>>, boolean] {
  const client = useClient();
  const [keys] = useState(() => new IdempotencyKeys());
  const [running, setRunning] = useState(false);
  const inFlight = useRef<Promise<OperationResult<Data, Variables>>>(undefined);
  const run = useCallback(
    (variables: Variables) => {
      if (inFlight.current) return inFlight.current;
      setRunning(true);
      const headers = { 'idempotency-key': keys.keyFor(variables) };
      const sent = client
        .mutation(document, variables, { fetchOptions: { headers } })
        .toPromise()
        .then((result) => {
          const code = result.error && errorCode(result.error);
          if (code !== 'OFFLINE' && code !== 'UNAVAILABLE' && code !== 'UNAUTHENTICATED') keys.answered();
          return result;
        })
        .finally(() => {
          inFlight.current = undefined;
          setRunning(false);
        });
      inFlight.current = sent;
      return sent;
    },
    [client, document, keys],
  );
  return [run, running];
}
