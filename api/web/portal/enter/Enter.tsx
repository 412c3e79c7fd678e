import { Button } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { CombinedError } from 'urql';
import { type Company, Frame } from '../frame/Frame';
import { enterMessages } from './messages';
import { PortalLinkRedeemDocument } from './query';

/** Opening the link changes nothing, so a mail scanner cannot use it up: only the button redeems it. */
export function Enter({ company }: { company: Company }) {
  const t = useText(enterMessages);
  useTitle(t('title'), company.name);
  const navigate = useNavigate();
  const token = useLocation().hash.slice(1);
  const [redeem, running] = useKeyedMutation(PortalLinkRedeemDocument);
  const [invalid, setInvalid] = useState(token === '');
  const [trouble, setTrouble] = useState<CombinedError>();

  async function enter() {
    const { data, error } = await redeem({ input: { token, session: 'COOKIE' } });
    setTrouble(error);
    if (data?.portalLinkRedeem?.userErrors.length) setInvalid(true);
    else if (data?.portalLinkRedeem) navigate('/', { replace: true });
  }
  return (
    <Frame company={company}>
      <div className="c ask">
        <h1>{t('title')}</h1>
        {invalid ? (
          <>
            <Notice tone="warn" title={t('invalid')}>
              {t('invalidHelp')}
            </Notice>
            <Link className="standalone" to="/">
              {t('again')}
            </Link>
          </>
        ) : (
          <>
            <p>{t('help')}</p>
            {trouble && <Trouble error={trouble} asked="read" />}
            <Button variant="brand" fullWidth onClick={enter} aria-disabled={running}>
              {t('go')}
            </Button>
          </>
        )}
      </div>
    </Frame>
  );
}
