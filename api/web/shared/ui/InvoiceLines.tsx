import type { InvoiceLinesQuery } from '@shared/graphql/graphql';
import { useLanguage, useText } from '@shared/i18n';
import { formatDecimal, type Money } from './format';
import { MaskedMoney } from './Masked';
import { uiMessages } from './messages';
import { useUnit } from './units';

interface MaskedSum {
  value?: Money | null;
  masked: boolean;
}
interface InvoiceLinesProps {
  invoice: { number: string; net: MaskedSum; tax: MaskedSum; payable: MaskedSum };
  lines: InvoiceLinesQuery['invoiceLines'];
}

export function InvoiceLines({ invoice, lines }: InvoiceLinesProps) {
  const t = useText(uiMessages);
  const language = useLanguage();
  const unitName = useUnit();
  const totals = [
    [t('invoiceNet'), invoice.net],
    [t('invoiceTax'), invoice.tax],
    [t('invoicePayable'), invoice.payable],
  ] as const;
  if (lines.length === 0) return <p className="q">{t('noLines')}</p>;
  return (
    <table className="lines">
      <caption className="vh">{t('linesCaption', { number: invoice.number })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('lineName')}</th>
          <th scope="col">{t('lineQuantity')}</th>
          <th scope="col">{t('lineNet')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ position, name, quantity, unit, net }) => (
          <tr key={position}>
            <td>{name}</td>
            <td className="num">
              {quantity && [formatDecimal(quantity, language), unit && unitName(unit)].filter(Boolean).join(' ')}
            </td>
            <td>
              <MaskedMoney money={net} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {totals.map(([label, money]) => (
          <tr key={label}>
            <th scope="row" colSpan={2}>
              {label}
            </th>
            <td>
              <MaskedMoney money={money} />
            </td>
          </tr>
        ))}
      </tfoot>
    </table>
  );
}
