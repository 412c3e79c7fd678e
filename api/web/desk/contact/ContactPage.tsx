import type { ContactCardQuery } from '@shared/graphql/graphql';
import { useText } from '@shared/i18n';
import { identity } from '@shared/ui/brand';
import { formatClock, formatPhone } from '@shared/ui/format';
import { Icon } from '@shared/ui/Icon';
import { Logo } from '@shared/ui/Logo';
import { MaskedText } from '@shared/ui/Masked';
import { uiMessages } from '@shared/ui/messages';
import { Notice } from '@shared/ui/Notice';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { useNow } from '@shared/ui/useNow';
import { useTitle } from '@shared/ui/useTitle';
import { useCallback, useEffect, useRef } from 'react';
import { useLocation, useOutletContext, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useLive } from '../live';
import { TenantApi, type Utility, useUtility } from '../session';
import { shellMessages } from '../shell/messages';
import type { ShellContext } from '../shell/Shell';
import { Card } from './Card';
import { Identify } from './Identify';
import { LogForm } from './LogForm';
import { contactMessages } from './messages';
import { ContactCardDocument } from './query';

export type CardData = NonNullable<ContactCardQuery['card']>;
export type Interaction = NonNullable<CardData['interaction']>;

export function ContactPage() {
  const t = useText(contactMessages);
  const { tenant = '', interactionId = '' } = useParams();
  const utility = useUtility(tenant);
  if (!utility) {
    return (
      <main className="idle">
        <Notice tone="warn" title={t('notServed')}>
          {t('notServedHelp')}
        </Notice>
      </main>
    );
  }
  return (
    <TenantApi tenant={tenant}>
      <Contact key={`${tenant}/${interactionId}`} utility={utility} interactionId={interactionId} />
    </TenantApi>
  );
}

function Contact({ utility, interactionId }: { utility: Utility; interactionId: string }) {
  const t = useText(contactMessages);
  const { onChange } = useOutletContext<ShellContext>();
  const accepted = (useLocation().state as { accepted?: boolean } | null)?.accepted === true;
  const [{ data, error, fetching }, ask] = useQuery({ query: ContactCardDocument, variables: { interactionId } });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const pushed = useLive().changesOf(interactionId);
  const seen = useRef(pushed);
  useEffect(() => {
    if (seen.current === pushed) return;
    seen.current = pushed;
    askAgain();
  }, [pushed, askAgain]);
  const card = data?.card;
  const name = card?.customer && !card.customer.name.masked ? card.customer.name.value : undefined;
  useTitle(name ?? t('contact'), utility.name);

  return (
    <main className="work" {...identity(utility)}>
      <TopBar utility={utility} card={card ?? undefined} />
      <div className="workbody">
        <section className="col cardcol" aria-label={t('card')}>
          {error && <Trouble error={error} asked="read" onRetry={askAgain} />}
          {!card && !error && <Skeleton lines={6} />}
          {data && !card && !fetching && (
            <Notice tone="warn" title={t('noCard')}>
              {t('noCardHelp')}
            </Notice>
          )}
          {card && !card.customer && <Identify card={card} interactionId={interactionId} onIdentified={askAgain} />}
          {card?.customer && <Card card={card} utility={utility.key} />}
        </section>
        {card?.interaction && (
          <LogForm
            utility={utility}
            card={card}
            interaction={card.interaction}
            focusFirst={accepted}
            onLogged={onChange}
          />
        )}
      </div>
    </main>
  );
}

const states = ['WAITING', 'OFFERED', 'ACTIVE', 'WRAP_UP', 'CLOSED', 'ABANDONED'] as const;

function TopBar({ utility, card }: { utility: Utility; card?: CardData }) {
  const t = useText(contactMessages);
  const ui = useText(uiMessages);
  const shell = useText(shellMessages);
  const { customer, interaction } = card ?? {};
  const from = interaction?.from;
  return (
    <header className="top">
      <div className="ubrand">
        <Logo brand={utility.brand} inverted />
        <div>
          <strong>{utility.name}</strong>
          <span>{utility.commodities.map((commodity) => ui(`commodity.${commodity}`)).join(', ')}</span>
        </div>
      </div>
      <div className="caller">
        <h1 className="el">{customer ? <MaskedText text={customer.name} /> : t(card ? 'unknownCaller' : 'contact')}</h1>
        {interaction && (
          <p className="el">
            {from ? <MaskedText text={{ ...from, value: formatPhone(from.value) }} /> : t('numberWithheld')}
            {customer && ` · ${t('customerNumber', { number: customer.number })}`}
          </p>
        )}
      </div>
      {card && (
        <div className="ver">
          <Icon name={customer ? 'shield-ok' : 'info'} size="l" />
          <div>
            <b>{t(customer ? 'match.known' : `match.${card.match}`)}</b>
            <span>{t(`matchHelp.${customer && card.match !== 'ONE' ? 'CHOSEN' : card.match}`)}</span>
          </div>
        </div>
      )}
      {interaction && (
        <div className="timer">
          <CallClock interaction={interaction} />
          <span className={interaction.state === 'WRAP_UP' ? 'pill warn' : 'pill'}>
            {shell(`contact.${states.find((state) => state === interaction.state) ?? 'ACTIVE'}`)}
          </span>
        </div>
      )}
    </header>
  );
}

function CallClock({ interaction: { answeredAt, startedAt, endedAt } }: { interaction: Interaction }) {
  const t = useText(contactMessages);
  const now = useNow(!endedAt);
  const end = endedAt ? Date.parse(endedAt) : now;
  return (
    <b className="num" role="timer" aria-live="off" aria-label={t('callLength')}>
      {formatClock(end - Date.parse(answeredAt ?? startedAt))}
    </b>
  );
}
