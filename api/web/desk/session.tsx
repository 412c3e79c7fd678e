import { createClient } from '@shared/api/client';
import type { ErrorCode } from '@shared/api/errors';
import type { MeQuery, UtilityFragment } from '@shared/graphql/graphql';
import { useLanguage } from '@shared/i18n';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { type Client, Provider } from 'urql';

export type Me = MeQuery['me'];
export type Utility = UtilityFragment;

type OnSignedOut = () => void;
interface Clients {
  of(tenant?: string): Client;
}
const ClientsContext = createContext<Clients | undefined>(undefined);

/**
 * Clients live as long as a sign-in: the next person starts with none of the last one's answers. Labels and remarks of
 * the server come in the language that was asked for, so another language asks everything again.
 */
export function ApiRoot({ onSignedOut, children }: { onSignedOut: OnSignedOut; children: ReactNode }) {
  const language = useLanguage();
  const signedOut = useRef(onSignedOut);
  useEffect(() => {
    signedOut.current = onSignedOut;
  });
  const clients = useMemo(() => {
    const made = new Map<string, Client>();
    const of = (tenant?: string) => {
      const known = made.get(tenant ?? '');
      if (known) return known;
      const onError = (code: ErrorCode) => code === 'UNAUTHENTICATED' && signedOut.current();
      const client = createClient({ tenant, language, onError });
      made.set(tenant ?? '', client);
      return client;
    };
    return { of };
  }, [language]);
  return (
    <ClientsContext value={clients}>
      <Provider value={clients.of()}>{children}</Provider>
    </ClientsContext>
  );
}

function useClients(): Clients {
  const clients = useContext(ClientsContext);
  if (!clients) throw new Error('useClients outside ApiRoot');
  return clients;
}

/** Everything inside acts for one utility. */
export function TenantApi({ tenant, children }: { tenant: string; children: ReactNode }) {
  const clients = useClients();
  const client = useMemo(() => clients.of(tenant), [clients, tenant]);
  return <Provider value={client}>{children}</Provider>;
}

const MeContext = createContext<Me | undefined>(undefined);
export const MeProvider = MeContext;

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside a sign-in');
  return me;
}

export function useUtility(key: string | undefined): Utility | undefined {
  const { grants, contacts, offers } = useMe();
  return [...grants, ...contacts, ...offers].find(({ tenant }) => tenant.key === key)?.tenant;
}
