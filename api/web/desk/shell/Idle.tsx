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
import { type Me, type Utility, useMe } from '../session';
import { shellMessages } from './messages';
import { PresenceSetDocument } from './query';
import { contactPath, type ShellContext } from './Shell';

function situationOf({ presence, offers, contacts }: Me) {
  if (offers.some(({ state }) => state === 'LIVE')) return 'ringing';
  if (contacts.length > 0) return 'busy';
  return presence?.state === 'AVAILABLE' ? 'AVAILABLE' : 'away';
}

export function Idle() {
  const t = useText(shellMessages);
  useTitle(t('idleTitle'));
  const me = useMe();
  const { onChange } = useOutletContext<ShellContext>();
  const [set] = useKeyedMutation(PresenceSetDocument);
  const [trouble, setTrouble] = useState<CombinedError>();
  const situation = situationOf(me);
  const utilities = new Map<string, Utility>(me.grants.map(({ tenant }) => [tenant.key, tenant]));
  const [contact] = me.contacts;

  async function begin() {
    const { error } = await set({ input: { state: 'AVAILABLE' } });
    setTrouble(error);
    onChange();
  }
  return (
    <main className="idle">
      <h1>{t(`idle.${situation}`)}</h1>
      <p>{t(`idleHelp.${situation}`)}</p>
      {situation === 'away' && (
        <Button variant="ink" onClick={begin}>
          {t('setAvailable')}
        </Button>
      )}
      {situation === 'busy' && contact && (
        <Button variant="ink" component={Link} to={contactPath(contact.tenant.key, contact.id)}>
          {t('openContact')}
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
