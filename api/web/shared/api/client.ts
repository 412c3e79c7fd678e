import { currentLanguage, type Language } from '@shared/i18n';
import { Client, fetchExchange, mapExchange, type Operation } from 'urql';
import { type ErrorCode, errorCode } from './errors';

/** The endpoint runs only documents it knows, so a call carries the document's name and no text. */
function byDocumentId(operation: Operation): Operation {
  const hash = '__meta__' in operation.query ? (operation.query.__meta__ as { hash?: string }).hash : undefined;
  if (!hash) throw new Error('document without a hash: run codegen');
  return { ...operation, query: { kind: operation.query.kind, definitions: [], documentId: hash } as never };
}

function baseHeaders({ tenant, language, nobody }: ClientOptions): Record<string, string> {
  return {
    accept: 'application/graphql-response+json, application/json',
    'accept-language': language ?? currentLanguage(),
    ...(nobody ? {} : { 'busbar-page': '1' }),
    ...(tenant === undefined ? {} : { 'busbar-tenant': tenant }),
  };
}

export interface ClientOptions {
  /** Key of the utility all calls of this client act for. */
  tenant?: string;
  /** Language of the server's labels and sentences; the page's own, whatever it is just then, if absent. */
  language?: Language;
  /** Asks without the session: what comes before a sign-in does not depend on who signed in here last. */
  nobody?: boolean;
  onError(code: ErrorCode): void;
}

/** One client per utility and no shared cache: data of two utilities cannot meet in the page. */
export function createClient(options: ClientOptions): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        credentials: 'same-origin',
        headers: {
          ...(init?.headers as Record<string, string>),
          ...baseHeaders(options),
        },
      }),
    exchanges: [
      mapExchange({ onOperation: byDocumentId, onError: (error) => options.onError(errorCode(error)) }),
      fetchExchange,
    ],
  });
}
