import type { PortalHomeQuery } from '@shared/graphql/graphql';
import { useLanguage, useText } from '@shared/i18n';
import { formatDay, formatInstant, formatMoney } from '@shared/ui/format';
import { Icon } from '@shared/ui/Icon';
import { MaskedMoney, MaskedText } from '@shared/ui/Masked';
import { uiMessages } from '@shared/ui/messages';
import { SourceMark } from '@shared/ui/SourceMark';
import { SupplyCode } from '@shared/ui/SupplyCode';
import { useTitle } from '@shared/ui/useTitle';
import { Link } from 'react-router';
import type { Company } from '../frame/Frame';
import { homeMessages } from './messages';

export type MyCard = NonNullable<PortalHomeQuery['card']>;

export function Home({ card, company }: { card: MyCard; company: Company }) {
  const t = useText(homeMessages);
  useTitle(t('title'), company.name);
  return (
    <>
      {card.customer && (
        <div className="hello">
          <h1>
            <MaskedText text={card.customer.name} />
          </h1>
          <p className="q2">{t('hello', { number: card.customer.number })}</p>
        </div>
      )}
      <Requests card={card} zone={company.zone} />
      {card.accounts.map((account) => (
        <Money key={account.id} account={account} loadedAt={card.loadedAt} />
      ))}
      <Bills card={card} />
      <Points card={card} />
    </>
  );
}

function Requests({ card: { cases }, zone }: { card: MyCard; zone: string }) {
  const t = useText(homeMessages);
  const language = useLanguage();
  const open = cases.filter(({ state }) => state !== 'CLOSED');
  return (
    <section className="c">
      <h2>{t('requests')}</h2>
      {open.length === 0 && <p className="q2">{t('noRequests')}</p>}
      <ul className="items">
        {open.map(({ id, number, typeLabel, subject, state, openedAt }) => (
          <li key={id}>
            <b>{typeLabel}</b>
            {!subject.masked && <p>{subject.value}</p>}
            <p className="stt">
              <Icon name={state === 'OPEN' ? 'half' : 'paused'} />
              {t(`request.${state}`)}
            </p>
            <p className="q2 small">{t('requestMeta', { number, when: formatInstant(openedAt, language, zone) })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Money({ account, loadedAt }: { account: MyCard['accounts'][number]; loadedAt: string }) {
  const t = useText(homeMessages);
  const language = useLanguage();
  const minor = account.balance.value?.minor ?? 0;
  const late = account.overdue.value;
  return (
    <section className="c">
      <div className="two">
        <h2>{t(minor > 0 ? 'toPay' : minor < 0 ? 'overpaid' : 'paid')}</h2>
        {minor !== 0 && account.balance.value && (
          <span className="sum num">{formatMoney({ ...account.balance.value, minor: Math.abs(minor) }, language)}</span>
        )}
      </div>
      {late && late.minor > 0 && (
        <p className="late">
          <Icon name="warn" />
          {t('overdue', { amount: formatMoney(late, language) })}
        </p>
      )}
      <p className="q2 small">{t('account', { number: account.number })}</p>
      <SourceMark source={account.source} loadedAt={loadedAt} />
    </section>
  );
}

function Bills({ card: { invoices } }: { card: MyCard }) {
  const t = useText(homeMessages);
  const ui = useText(uiMessages);
  const language = useLanguage();
  return (
    <section className="c">
      <h2>{t('bills')}</h2>
      {invoices.length === 0 && <p className="q2">{t('noBills')}</p>}
      <ul className="items">
        {invoices.map(({ id, kind, issuedOn, dueOn, settled, payable }) => (
          <li key={id}>
            <Link className="bill" to={`/bill/${encodeURIComponent(id)}`}>
              <span>
                <b>{ui(`invoiceKind.${kind}`)}</b>
                <span className="q2 small">{formatDay(issuedOn, language)}</span>
                {settled ? (
                  <span className="stt small">
                    <Icon name="ok" />
                    {ui('invoiceSettled')}
                  </span>
                ) : (
                  dueOn && <span className="small">{ui('invoiceDue', { day: formatDay(dueOn, language) })}</span>
                )}
              </span>
              <b>
                <MaskedMoney money={payable} />
              </b>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Points({ card: { supplyPoints } }: { card: MyCard }) {
  const t = useText(homeMessages);
  const ui = useText(uiMessages);
  return (
    <section className="c">
      <h2>{t('points')}</h2>
      {supplyPoints.length === 0 && <p className="q2">{t('noPoints')}</p>}
      <ul className="items">
        {supplyPoints.map(({ id, code, codeKind, commodity, address, meters, contract }) => (
          <li key={id}>
            <b>
              <MaskedText text={address} />
            </b>
            <p className="q2">{contract?.product ?? ui(`commodity.${commodity}`)}</p>
            <p className="q2 small num">
              <SupplyCode kind={codeKind} code={code} />
            </p>
            {meters.map(({ id: meter, serial }) => (
              <p key={meter} className="stt num">
                <Icon name="meter" />
                {ui('meter', { serial })}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
