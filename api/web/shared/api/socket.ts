import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient, type Client as SocketClient } from 'graphql-ws';

export interface Socket {
  subscribe<Data>(document: TypedDocumentNode<Data, Record<string, never>>, onEvent: (data: Data) => void): () => void;
  close(): void;
}

export interface SocketListener {
  /** Called on the first connection and on each one after a break: what was pushed meanwhile is lost. */
  onConnected(): void;
  onLost(): void;
  /** The server ended the session; asking anything will say so. */
  onRefused(): void;
}

/** The manifest holds each document on one line; the server compares the text it gets with that. */
export function trustedText(document: TypedDocumentNode<unknown, Record<string, never>>): string {
  return print(document).replace(/\s+/g, ' ');
}

const signedOutCodes = [4401, 4403];
const isRefusal = (event: unknown) => event instanceof CloseEvent && signedOutCodes.includes(event.code);

export function openSocket({ onConnected, onLost, onRefused }: SocketListener): Socket {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client: SocketClient = createClient({
    url: url.href,
    lazy: true,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (tries) => new Promise((wake) => setTimeout(wake, Math.min(500 * 2 ** tries, 10_000))),
    shouldRetry: (event) => !isRefusal(event),
    on: {
      connected: onConnected,
      closed: (event) => {
        onLost();
        if (isRefusal(event)) onRefused();
      },
    },
  });
  return {
    subscribe<Data>(document: TypedDocumentNode<Data, Record<string, never>>, onEvent: (data: Data) => void) {
      return client.subscribe<Data>(
        { query: trustedText(document) },
        {
          next: ({ data }) => {
            if (data) onEvent(data);
          },
          error: onLost,
          complete: () => {},
        },
      );
    },
    close: () => void client.dispose(),
  };
}
