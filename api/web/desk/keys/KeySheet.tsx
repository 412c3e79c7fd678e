import { Modal, Switch } from '@mantine/core';
import { useText } from '@shared/i18n';
import { uiMessages } from '@shared/ui/messages';
import { useState } from 'react';
import { Key } from './Key';
import { characterKeysOn, type Shortcut, setCharacterKeys } from './keys';
import { keyMessages } from './messages';

const groups: ['contacts' | 'card' | 'form', Shortcut[]][] = [
  ['contacts', ['accept', 'decline', 'previousContact', 'nextContact', 'presence', 'help']],
  ['card', ['search', 'nextBlock']],
  ['form', ['nextMissing', 'save']],
];

export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(keyMessages);
  const ui = useText(uiMessages);
  const [on, setOn] = useState(characterKeysOn);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <div className="keysheet">
        {groups.map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`group.${group}`)}</h3>
            <ul>
              {keys.map((key) => (
                <li key={key}>
                  {t(`key.${key}`)} <Key of={key} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <Switch
          checked={on}
          label={t('characterKeys')}
          onChange={(event) => {
            setCharacterKeys(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />
      </div>
    </Modal>
  );
}
