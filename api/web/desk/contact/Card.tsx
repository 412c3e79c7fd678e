import { useLanguage, useText } from '@shared/i18n';
import { formatDay, formatInstant, formatLanguage, formatPaymentKey, formatPhone } from '@shared/ui/format';
import { Icon, type IconName } from '@shared/ui/Icon';
import { InvoiceLines } from '@shared/ui/InvoiceLines';
import { MaskedMoney, MaskedText } from '@shared/ui/Masked';
import { uiMessages } from '@shared/ui/messages';
import { Skeleton } from '@shared/ui/Skeleton';
import { SourceMark, SourceMarks } from '@shared/ui/SourceMark';
import { StatePill } from '@shared/ui/StatePill';
import { SupplyCode } from '@shared/ui/SupplyCode';
import { Trouble } from '@shared/ui/Trouble';
import { type ReactNode, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useShortcuts } from '../keys/useShortcuts';
import { useChannelName } from '../routing/names';
import type { CardData } from './ContactPage';
import { contactMessages } from './messages';
import { InvoiceLinesDocument } from './query';

/** Blocks in the order people ask. */
export function Card({ card, utility }: { card: CardData; utility: string }) {
  const t = useText(contactMessages);
  const language = useLanguage();
  const blocks = useRef<HTMLDivElement>(null);
  useShortcuts({
    nextBlock: () => {
      const heads = [...(blocks.current?.querySelectorAll<HTMLElement>('summary.blkhead') ?? [])];
      const at = heads.findIndex((head) => head.isSameNode(document.activeElement));
      heads[(at + 1) % heads.length]?.focus();
    },
  });
  const { customer } = card;
  return (
    <div ref={blocks}>
      {customer && (
        <div className="who">
          <span className="pill">
            <Icon name="home" size="s" />
            {t(`class.${customer.class}`)}
          </span>
          <span className="pill">
            <Icon name="web" size="s" />
            {formatLanguage(customer.language, language)}
          </span>
        </div>
      )}
      {hasMask(card) && (
        <p className="maskednote">
          <Icon name="eye-off" size="s" />
          {t('someMasked')}
        </p>
      )}
      <Cases card={card} utility={utility} />
      <Balance card={card} />
      <SupplyPoints card={card} />
      <LastContacts card={card} />
      {customer && <Reach customer={customer} loadedAt={card.loadedAt} />}
    </div>
  );
}

function hasMask(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return ('masked' in part && part.masked === true) || Object.values(part).some(hasMask);
}

interface BlockProps {
  icon: IconName;
  title: string;
  count?: number;
  empty?: string;
  children: ReactNode;
}

function Block({ icon, title, count, empty, children }: BlockProps) {
  return (
    <details className="blk" open>
      <summary className="blkhead">
        <Icon name={icon} />
        <h2>{title}</h2>
        {count !== undefined && <span className="q num">{count}</span>}
        <Icon name="down" size="s" />
      </summary>
      <div>{count === 0 && empty ? <p className="q">{empty}</p> : children}</div>
    </details>
  );
}

function Cases({ card: { cases }, utility }: { card: CardData; utility: string }) {
  const t = useText(contactMessages);
  const open = cases.filter(({ state }) => state !== 'CLOSED');
  const closed = cases.filter(({ state }) => state === 'CLOSED');
  return (
    <Block icon="file" title={t('openCases')} count={open.length}>
      {open.length === 0 && <p className="q">{t('noCases')}</p>}
      <CaseList cases={open} utility={utility} />
      {closed.length > 0 && (
        <Foldable
          head={
            <>
              {t('closedCases')} <span className="q num">{closed.length}</span>
              <span className="sp" />
            </>
          }
        >
          <CaseList cases={closed} utility={utility} />
        </Foldable>
      )}
    </Block>
  );
}

function CaseList({ cases, utility }: { cases: CardData['cases']; utility: string }) {
  const language = useLanguage();
  return (
    <ul className="list">
      {cases.map(({ id, number, typeLabel, subject, state, priority, openedAt }) => (
        <li key={id}>
          <div className="row">
            <Link className="b el" to={`/case/${utility}/${encodeURIComponent(id)}`}>
              {typeLabel}
            </Link>
            <span className="sp" />
            <span className="num q2">{number}</span>
          </div>
          <p className="el">
            <MaskedText text={subject} />
          </p>
          <p className="row small q2">
            <StatePill state={state} priority={priority} />
            {formatInstant(openedAt, language)}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Balance({ card: { accounts, invoices, loadedAt } }: { card: CardData }) {
  const t = useText(contactMessages);
  return (
    <Block icon="money" title={t('balance')} count={accounts.length} empty={t('noAccounts')}>
      {accounts.map((account) => (
        <dl className="kv" key={account.id}>
          <dt>{t('accountBalance', { number: account.number })}</dt>
          <dd>
            <MaskedMoney money={account.balance} />
          </dd>
          {account.overdue.value?.minor !== 0 && (
            <>
              <dt>{t('overdue')}</dt>
              <dd>
                <MaskedMoney money={account.overdue} />
              </dd>
            </>
          )}
          <dt>{t('paymentKey')}</dt>
          <dd className="num">
            <MaskedText text={{ ...account.paymentKey, value: formatPaymentKey(account.paymentKey.value) }} />
          </dd>
        </dl>
      ))}
      {invoices.length === 0 && <p className="q">{t('noInvoices')}</p>}
      {invoices.slice(0, atOnce).map((invoice) => (
        <InvoiceFold key={invoice.id} invoice={invoice} loadedAt={loadedAt} />
      ))}
      {invoices.length > atOnce && (
        <Foldable
          head={
            <>
              {t('earlierInvoices')} <span className="q num">{invoices.length - atOnce}</span>
              <span className="sp" />
            </>
          }
        >
          {invoices.slice(atOnce).map((invoice) => (
            <InvoiceFold key={invoice.id} invoice={invoice} loadedAt={loadedAt} />
          ))}
        </Foldable>
      )}
      <SourceMarks of={[...accounts, ...invoices]} loadedAt={loadedAt} />
    </Block>
  );
}

/** Invoices shown at once: more would push the supply points off the screen. */
const atOnce = 3;

function InvoiceFold({ invoice, loadedAt }: { invoice: CardData['invoices'][number]; loadedAt: string }) {
  const ui = useText(uiMessages);
  const language = useLanguage();
  const { kind, number, issuedOn, dueOn, settled, payable, source } = invoice;
  const issued = formatDay(issuedOn, language);
  return (
    <Foldable
      head={
        <>
          <span className="el">
            <b>{ui(`invoiceKind.${kind}`)}</b> <span className="num q2">{number}</span>
            <span className="q2 small block">
              {settled ? (
                <>
                  {issued} · {ui('invoiceSettled')}
                </>
              ) : dueOn ? (
                ui('invoiceDue', { day: formatDay(dueOn, language) })
              ) : (
                ui('invoiceIssued', { day: issued })
              )}
            </span>
          </span>
          <span className="sp" />
          <MaskedMoney money={payable} />
        </>
      }
    >
      <OpenedInvoice invoice={invoice} />
      <SourceMark source={source} loadedAt={loadedAt} />
    </Foldable>
  );
}

/** What is folded away is not asked for. */
function Foldable({ head, children }: { head: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {head}
        <Icon name="down" size="s" />
      </summary>
      {open && <div>{children}</div>}
    </details>
  );
}

function OpenedInvoice({ invoice }: { invoice: CardData['invoices'][number] }) {
  const [{ data, error }, ask] = useQuery({ query: InvoiceLinesDocument, variables: { invoiceId: invoice.id } });
  if (error) return <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  return data ? <InvoiceLines invoice={invoice} lines={data.invoiceLines} /> : <Skeleton />;
}

function SupplyPoints({ card: { supplyPoints, loadedAt } }: { card: CardData }) {
  const t = useText(contactMessages);
  const ui = useText(uiMessages);
  return (
    <Block icon="meter" title={t('supplyPoints')} count={supplyPoints.length} empty={t('noSupplyPoints')}>
      <ul className="list">
        {supplyPoints.map((point) => (
          <li key={point.id}>
            <p>
              <MaskedText text={point.address} />
            </p>
            <p className="q2">
              {ui(`commodity.${point.commodity}`)} · <SupplyCode kind={point.codeKind} code={point.code} />
            </p>
            <p className="q2 parts">
              {point.contract && (
                <span>{t('contract', { product: point.contract.product, number: point.contract.number })}</span>
              )}
              {point.meters.map(({ id, serial }) => (
                <span key={id}>{ui('meter', { serial })}</span>
              ))}
            </p>
          </li>
        ))}
      </ul>
      <SourceMarks of={supplyPoints} loadedAt={loadedAt} />
    </Block>
  );
}

function LastContacts({ card: { interactions } }: { card: CardData }) {
  const t = useText(contactMessages);
  const channelName = useChannelName();
  const language = useLanguage();
  return (
    <Block icon="history" title={t('lastContacts')} count={interactions.length} empty={t('noContactsYet')}>
      <ul className="list">
        {interactions.map(({ id, channel, startedAt, person, note }) => (
          <li key={id}>
            <p className="row">
              <b>{channelName(channel)}</b>
              <span className="sp" />
              <span className="q2 small">{formatInstant(startedAt, language)}</span>
            </p>
            {note && (
              <p>
                <MaskedText text={note} />
              </p>
            )}
            {person && <p className="q2 small">{person}</p>}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Reach({ customer, loadedAt }: { customer: NonNullable<CardData['customer']>; loadedAt: string }) {
  const t = useText(contactMessages);
  const ways = [...customer.phones, ...customer.emails];
  return (
    <Block icon="mail" title={t('reach')} count={ways.length} empty={t('noReach')}>
      <ul className="list tight">
        {ways.map((way) => (
          <li key={way.value}>
            <MaskedText text={{ ...way, value: formatPhone(way.value) }} />
          </li>
        ))}
      </ul>
      <SourceMarks of={[customer]} loadedAt={loadedAt} />
    </Block>
  );
}
