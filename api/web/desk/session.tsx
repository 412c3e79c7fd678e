import { createClient } from '@shared/api/client';
import type { MeQuery, UtilityFragment } from '@shared/graphql/graphql';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type Client, Provider } from 'urql';

export type Me = MeQuery['me'];
export type Utility = UtilityFragment;

type OnSignedOut = () => void;
interface Clients {
  of(tenant?: string): Client;
}
const ClientsContext = createContext<Clients | undefined>(undefined);

/** Clients live as long as a sign-in: the next person starts with none of the last one's answers. */
export function ApiRoot({ onSignedOut, children }: { onSignedOut: OnSignedOut; children: ReactNode }) {
  const [clients] = useState(() => {
    const made = new Map<string, Client>();
    const of = (tenant?: string) => {
      const known = made.get(tenant ?? '');
      if (known) return known;
      const client = createClient({ tenant, onError: (code) => code === 'UNAUTHENTICATED' && onSignedOut() });
      made.set(tenant ?? '', client);
      return client;
    };
    return { of };
  });
  return (
    <ClientsContext value={clients}>
      <Provider value={clients.of()}>{children}</Provider>
    </ClientsContext>
  );
}

/** Everything inside acts for one utility. */
export function TenantApi({ tenant, children }: { tenant: string; children: ReactNode }) {
  const clients = useContext(ClientsContext);
  if (!clients) throw new Error('TenantApi outside ApiRoot');
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
