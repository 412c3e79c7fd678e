import { Button } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import type { PortalTenantQuery } from '@shared/graphql/graphql';
import { useText } from '@shared/i18n';
import { LanguageSwitch } from '@shared/i18n/LanguageSwitch';
import { identity } from '@shared/ui/brand';
import { Logo } from '@shared/ui/Logo';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { CombinedError } from 'urql';
import { PortalSignOutDocument } from '../home/query';
import { frameMessages } from './messages';

export type Company = NonNullable<PortalTenantQuery['portalTenant']>;

interface FrameProps {
  company: Company;
  onSignedOut?: () => void;
  children: ReactNode;
}

export function Frame({ company, onSignedOut, children }: FrameProps) {
  const t = useText(frameMessages);
  const [signOut] = useKeyedMutation(PortalSignOutDocument);
  const [trouble, setTrouble] = useState<CombinedError>();
  async function leave() {
    const { error } = await signOut({});
    setTrouble(error);
    if (!error) onSignedOut?.();
  }
  return (
    <div className="page" {...identity(company)}>
      <header className="head">
        <Link to="/" className="home">
          <Logo brand={company.brand} />
          <b>{company.name}</b>
          <span className="vh">{t('portal')}</span>
        </Link>
        <LanguageSwitch />
      </header>
      <main>{children}</main>
      {onSignedOut && (
        <footer className="foot">
          {trouble && <Trouble error={trouble} asked="read" />}
          <Button fullWidth onClick={leave}>
            {t('signOut')}
          </Button>
        </footer>
      )}
    </div>
  );
}

export function NoCompany() {
  const t = useText(frameMessages);
  return (
    <main className="alone">
      <h1 className="vh">{t('portal')}</h1>
      <Notice tone="warn" title={t('noCompany')}>
        {t('noCompanyHelp')}
      </Notice>
      <LanguageSwitch />
    </main>
  );
}
