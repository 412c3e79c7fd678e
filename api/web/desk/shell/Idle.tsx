import { Button } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { identity } from '@shared/ui/brand';
import { Logo } from '@shared/ui/Logo';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { useState } from 'react';
import { Link, useOutletContext } from 'react-router';
import type { CombinedError } from 'urql';
import { type Utility, useMe } from '../session';
import { shellMessages } from './messages';
import { PresenceSetDocument } from './query';
import type { ShellContext } from './Shell';

export function Idle() {
  const t = useText(shellMessages);
  useTitle(t('idleTitle'));
  const { presence, grants } = useMe();
  const { onChange } = useOutletContext<ShellContext>();
  const [set] = useKeyedMutation(PresenceSetDocument);
  const [trouble, setTrouble] = useState<CombinedError>();
  const available = presence?.state === 'AVAILABLE';
  const utilities = new Map<string, Utility>(grants.map(({ tenant }) => [tenant.key, tenant]));

  async function begin() {
    const { error } = await set({ input: { state: 'AVAILABLE' } });
    setTrouble(error);
    onChange();
  }
  return (
    <main className="idle">
      <h1>{t(available ? 'idle.AVAILABLE' : 'idle.away')}</h1>
      <p>{t(available ? 'idleHelp.AVAILABLE' : 'idleHelp.away')}</p>
      {!available && (
        <Button variant="ink" onClick={begin}>
          {t('setAvailable')}
        </Button>
      )}
      {trouble && <Trouble error={trouble} asked="read" onRetry={begin} />}
      <h2>{t('idleServes')}</h2>
      <ul className="serves">
        {[...utilities.values()].map((utility) => (
          <li key={utility.key} {...identity(utility)}>
            <Logo brand={utility.brand} />
            {utility.name}
          </li>
        ))}
      </ul>
      <Link to="/work">{t('workList')}</Link>
    </main>
  );
}
