import { formatKey } from '@shared/ui/format';
import { useCallback, useEffect, useState } from 'react';
import { useClients, useMe } from '../session';
import { CaseTypeNamesDocument } from './query';

type Names = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The list spans utilities and carries the keys of their case types; each utility is asked once what it calls them. */
export function useCaseTypeName(): (tenant: string, key: string) => string {
  const clients = useClients();
  const { grants } = useMe();
  const [names, setNames] = useState<Names>({});
  const tenants = [...new Set(grants.map(({ tenant }) => tenant.key))].join(' ');
  useEffect(() => {
    let here = true;
    for (const tenant of tenants.split(' ').filter(Boolean)) {
      void clients
        .of(tenant)
        .query(CaseTypeNamesDocument, {})
        .toPromise()
        .then(({ data }) => {
          if (!here || !data) return;
          const own = Object.fromEntries(data.caseTypes.map(({ key, label }) => [key, label]));
          setNames((known) => ({ ...known, [tenant]: own }));
        });
    }
    return () => {
      here = false;
    };
  }, [clients, tenants]);
  return useCallback((tenant, key) => names[tenant]?.[key] ?? formatKey(key), [names]);
}
