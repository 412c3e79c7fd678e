import { useLanguage, useText } from '@shared/i18n';
import { formatAgo, formatInstant } from './format';
import { Icon } from './Icon';
import { uiMessages } from './messages';

const systems = ['billing', 'crm', 'meters', 'import', 'demo', 'busbar'] as const;

interface Source {
  system: string;
  at: string;
}

/** Where a fact comes from and how old it is, by the time the card was loaded. */
export function SourceMark({ source, loadedAt }: { source: Source; loadedAt: string }) {
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

/** Facts side by side mostly come from one place at one time; that is said once. */
export function SourceMarks({ of, loadedAt }: { of: readonly { source: Source }[]; loadedAt: string }) {
  const distinct = new Map(of.map(({ source }) => [`${source.system} ${source.at.slice(0, 16)}`, source]));
  return (
    <p className="srcs">
      {[...distinct].map(([key, source]) => (
        <SourceMark key={key} source={source} loadedAt={loadedAt} />
      ))}
    </p>
  );
}
