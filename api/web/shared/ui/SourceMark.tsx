import { useLanguage, useText } from '@shared/i18n';
import { formatAgo, formatInstant } from './format';
import { Icon } from './Icon';
import { uiMessages } from './messages';

const systems = ['billing', 'crm', 'meters', 'import', 'busbar'] as const;

/** Where a fact comes from and how old it is, by the time the card was loaded. */
export function SourceMark({ source, loadedAt }: { source: { system: string; at: string }; loadedAt: string }) {
  const t = useText(uiMessages);
  const language = useLanguage();
  const known = systems.find((system) => system === source.system);
  return (
    <span className="src" title={formatInstant(source.at, language)}>
      <Icon name="history" size="s" />
      {t('source', {
        system: known ? t(`system.${known}`) : source.system,
        ago: formatAgo(source.at, Date.parse(loadedAt), language),
      })}
    </span>
  );
}
