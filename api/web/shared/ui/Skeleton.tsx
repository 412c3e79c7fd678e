import { useText } from '@shared/i18n';
import { uiMessages } from './messages';

const widths = ['45%', '85%', '65%', '75%', '55%', '80%'];

export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useText(uiMessages);
  return (
    <div className="sk" role="status">
      <span className="vh">{t('loading')}</span>
      {widths.slice(0, lines).map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  );
}
