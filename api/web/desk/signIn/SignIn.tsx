import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { LanguageSwitch } from '@shared/i18n/LanguageSwitch';
import { Icon } from '@shared/ui/Icon';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { type FormEvent, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { signInMessages } from './messages';
import { SignInDocument } from './query';

export type SignInReason = 'first' | 'expired' | 'signedOut';
type Field = 'login' | 'password';

export function SignIn({ reason, onSignedIn }: { reason: SignInReason; onSignedIn: () => void }) {
  const t = useText(signInMessages);
  useTitle(t('title'));
  const [signIn, running] = useKeyedMutation(SignInDocument);
  const [values, setValues] = useState({ login: '', password: '' });
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const [refusal, setRefusal] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const inputs = { login: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };

  const set = (field: Field, value: string) => {
    setValues((now) => ({ ...now, [field]: value }));
    setMissing((now) => now.filter((other) => other !== field));
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const empty = (['login', 'password'] as const).filter((field) => !values[field]);
    setMissing(empty);
    setRefusal(undefined);
    setTrouble(undefined);
    if (empty[0]) return inputs[empty[0]].current?.focus();
    const { data, error } = await signIn({ input: { ...values, session: 'COOKIE' } });
    const refused = data?.signIn?.userErrors[0];
    if (refused) {
      setRefusal(refused.message);
      inputs.password.current?.focus();
    } else if (data?.signIn) onSignedIn();
    else setTrouble(error);
  }

  return (
    <main className="alone">
      <form className="signin" onSubmit={submit} noValidate>
        <div className="mark">
          <Icon name="busbar" size="l" />
          <span>Busbar</span>
        </div>
        <h1>{t('title')}</h1>
        <p className="q2">{t('intro')}</p>
        {reason === 'expired' && (
          <Notice tone="info" title={t('expired')}>
            {t('expiredHelp')}
          </Notice>
        )}
        {reason === 'signedOut' && <Notice tone="ok" title={t('signedOut')} />}
        {refusal && (
          <Notice tone="crit" title={t('refused')}>
            {refusal}
          </Notice>
        )}
        {trouble && <Trouble error={trouble} asked="read" />}
        <TextInput
          ref={inputs.login}
          label={t('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={values.login}
          error={missing.includes('login') && t('missingLogin')}
          onChange={(event) => set('login', event.currentTarget.value)}
        />
        <PasswordInput
          ref={inputs.password}
          label={t('password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          value={values.password}
          error={missing.includes('password') && t('missingPassword')}
          onChange={(event) => set('password', event.currentTarget.value)}
        />
        <Button type="submit" variant="ink" size="sm" aria-disabled={running}>
          {t('submit')}
        </Button>
        <LanguageSwitch />
      </form>
    </main>
  );
}
