import { Button, TextInput } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { type Company, Frame } from '../frame/Frame';
import { signInMessages } from './messages';
import { PortalLinkRequestDocument } from './query';

const looksLikeEmail = /^[^\s@]+@[^\s@]+$/;

export function SignIn({ company, signedOut }: { company: Company; signedOut: boolean }) {
  const t = useText(signInMessages);
  const [request, running] = useKeyedMutation(PortalLinkRequestDocument);
  const [email, setEmail] = useState('');
  const [remark, setRemark] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const [sent, setSent] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useTitle(remark ? t('errorTitle', { title: t('title') }) : t('title'), company.name);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wrong = looksLikeEmail.test(email.trim()) ? undefined : t('missing');
    setRemark(wrong);
    setTrouble(undefined);
    if (wrong) return box.current?.focus();
    const { data, error } = await request({ input: { tenantKey: company.key, email: email.trim() } });
    const refused = data?.portalLinkRequest?.userErrors[0];
    setTrouble(error);
    setRemark(refused?.message);
    if (data?.portalLinkRequest && !refused) setSent(true);
  }
  return (
    <Frame company={company}>
      {sent ? (
        <Sent email={email.trim()} onAgain={() => setSent(false)} />
      ) : (
        <form className="c ask" onSubmit={submit} noValidate>
          {signedOut && <Notice tone="ok" title={t('signedOut')} />}
          <h1>{t('question')}</h1>
          <p>{t('help')}</p>
          <TextInput
            ref={box}
            type="email"
            label={t('email')}
            autoComplete="email"
            value={email}
            error={remark}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {trouble && <Trouble error={trouble} asked="write" />}
          <Button type="submit" variant="brand" fullWidth aria-disabled={running}>
            {t('send')}
          </Button>
        </form>
      )}
    </Frame>
  );
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  const t = useText(signInMessages);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="c ask">
      <h1 ref={heading} tabIndex={-1}>
        {t('sent')}
      </h1>
      <p>{t('sentHelp', { email })}</p>
      <p>{t('notThere')}</p>
      <Button fullWidth onClick={onAgain}>
        {t('again')}
      </Button>
    </div>
  );
}
