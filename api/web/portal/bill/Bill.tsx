import { useLanguage, useText } from '@shared/i18n';
import { formatDay } from '@shared/ui/format';
import { Icon } from '@shared/ui/Icon';
import { InvoiceLines } from '@shared/ui/InvoiceLines';
import { MaskedMoney } from '@shared/ui/Masked';
import { uiMessages } from '@shared/ui/messages';
import { Notice } from '@shared/ui/Notice';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import type { Company } from '../frame/Frame';
import type { MyCard } from '../home/Home';
import { billMessages } from './messages';
import { BillLinesDocument } from './query';

export function Bill({ card, company }: { card: MyCard; company: Company }) {
  const t = useText(billMessages);
  const ui = useText(uiMessages);
  const language = useLanguage();
  const { invoiceId = '' } = useParams();
  const bill = card.invoices.find(({ id }) => id === invoiceId);
  const [{ data, error }, ask] = useQuery({ query: BillLinesDocument, variables: { invoiceId }, pause: !bill });
  useTitle(bill && ui(`invoiceKind.${bill.kind}`), company.name);
  return (
    <>
      <Link className="standalone" to="/">
        <Icon name="left" />
        {t('back')}
      </Link>
      {!bill && (
        <Notice tone="warn" title={t('gone')}>
          {t('goneHelp')}
        </Notice>
      )}
      {bill && (
        <article className="c">
          <div className="two">
            <h1>{ui(`invoiceKind.${bill.kind}`)}</h1>
            <span className="sum">
              <MaskedMoney money={bill.payable} />
            </span>
          </div>
          <p className="q2 num">{bill.number}</p>
          {bill.periodFrom && bill.periodTo && (
            <p>{t('period', { from: formatDay(bill.periodFrom, language), to: formatDay(bill.periodTo, language) })}</p>
          )}
          <p>{ui('invoiceIssued', { day: formatDay(bill.issuedOn, language) })}</p>
          {bill.settled ? (
            <p className="stt">
              <Icon name="ok" />
              {ui('invoiceSettled')}
            </p>
          ) : (
            bill.dueOn && <p>{ui('invoiceDue', { day: formatDay(bill.dueOn, language) })}</p>
          )}
          {error && <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />}
          {!data && !error && <Skeleton />}
          {data && <InvoiceLines invoice={bill} lines={data.invoiceLines} />}
        </article>
      )}
    </>
  );
}
