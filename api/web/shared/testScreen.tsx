import { MantineProvider } from '@mantine/core';
import { createClient } from '@shared/api/client';
import manifest from '@shared/graphql/persisted-documents.json';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { Provider } from 'urql';
import { vi } from 'vitest';

type Variables = Record<string, unknown>;
export type Answers = Record<string, (variables: Variables) => unknown>;
export interface Call {
  name: string;
  variables: Variables;
  headers: Headers;
}

const names = new Map(
  Object.entries(manifest).map(([id, text]) => [id, /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '']),
);

/** Renders a screen whose calls are answered by the operation's name; an Error stands for a lost connection. */
export function renderScreen(screen: ReactNode, answers: Answers, path = '/'): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const { documentId, variables } = JSON.parse(String(init.body)) as { documentId: string; variables: Variables };
    const name = names.get(documentId) ?? '';
    calls.push({ name, variables, headers: new Headers(init.headers) });
    const data = answers[name]?.(variables);
    if (data instanceof Error) throw data;
    const headers = { 'content-type': 'application/graphql-response+json' };
    return new Response(JSON.stringify({ data }), { headers });
  });
  render(
    <MantineProvider env="test">
      <MemoryRouter initialEntries={[path]}>
        <Provider value={createClient({ onError: () => {} })}>{screen}</Provider>
      </MemoryRouter>
    </MantineProvider>,
  );
  return calls;
}
