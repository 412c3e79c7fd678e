import { useLanguage, useText } from '@shared/i18n';
import { formatMoney, type Money } from './format';
import { Icon } from './Icon';
import { uiMessages } from './messages';

function Hidden({ value }: { value?: string }) {
  const t = useText(uiMessages);
  return (
    <span className="masked" title={t('masked')}>
      <Icon name="eye-off" size="s" />
      {value ?? t('hidden')}
      {value && <span className="vh">{t('masked')}</span>}
    </span>
  );
}

export function MaskedText({ text }: { text: { value: string; masked: boolean } }) {
  return text.masked ? <Hidden value={text.value} /> : text.value;
}

export function MaskedMoney({ money }: { money: { value?: Money | null; masked: boolean } }) {
  const language = useLanguage();
  return money.value ? <span className="num nw">{formatMoney(money.value, language)}</span> : <Hidden />;
}
