import { Menu } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import type { PresenceState } from '@shared/graphql/graphql';
import { useText } from '@shared/i18n';
import { formatClock } from '@shared/ui/format';
import { Icon, type IconName } from '@shared/ui/Icon';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { useNow } from '@shared/ui/useNow';
import { useState } from 'react';
import type { CombinedError } from 'urql';
import { clearDrafts } from '../contact/useDraft';
import { useShortcuts } from '../keys/useShortcuts';
import { useMe } from '../session';
import { shellMessages } from './messages';
import { PresenceSetDocument, SignOutDocument } from './query';

const reasons = ['rest', 'lunch', 'meeting', 'training'] as const;
const icons: Record<PresenceState, IconName> = {
  AVAILABLE: 'ok',
  BUSY: 'headset',
  WRAP_UP: 'file',
  BREAK: 'paused',
  OFFLINE: 'ring',
};

export function PresenceMenu({ onChange, onSignOut }: { onChange: () => void; onSignOut: () => void }) {
  const t = useText(shellMessages);
  const { presence } = useMe();
  const [opened, setOpened] = useState(false);
  const [set] = useKeyedMutation(PresenceSetDocument);
  const [signOut] = useKeyedMutation(SignOutDocument);
  const [trouble, setTrouble] = useState<CombinedError>();
  const [refusal, setRefusal] = useState<string>();
  const now = useNow();
  useShortcuts({ presence: () => setOpened(true) });

  const state = presence?.state ?? 'OFFLINE';
  const reason = reasons.find((known) => known === presence?.reason);
  const label = reason ? t(`reason.${reason}`) : t(`presence.${state}`);

  async function choose(next: 'AVAILABLE' | 'BREAK' | 'OFFLINE', why?: string) {
    const { data, error } = await set({ input: { state: next, reason: why } });
    setTrouble(error);
    setRefusal(data?.presenceSet?.userErrors[0]?.message);
    onChange();
  }
  async function leave() {
    const { error } = await signOut({});
    setTrouble(error);
    if (error) return;
    clearDrafts();
    onSignOut();
  }

  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width="target"
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <button type="button" className={`presence ${state}`}>
            <Icon name={icons[state]} />
            <span className="vh">{t('presence')}</span>
            <span className="el sp">{label}</span>
            {presence && <span className="num">{formatClock(now - Date.parse(presence.since))}</span>}
            <Icon name="down" size="s" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="ok" />} onClick={() => choose('AVAILABLE')}>
            {t('presence.AVAILABLE')}
          </Menu.Item>
          <Menu.Label>{t('presence.BREAK')}</Menu.Label>
          {reasons.map((why) => (
            <Menu.Item key={why} leftSection={<Icon name="paused" />} onClick={() => choose('BREAK', why)}>
              {t(`reason.${why}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="ring" />} onClick={() => choose('OFFLINE')}>
            {t('presence.OFFLINE')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="x" />} onClick={leave}>
            {t('signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {refusal && <Notice tone="warn" title={refusal} />}
      {trouble && <Trouble error={trouble} asked="read" />}
    </>
  );
}
