import { Button } from '@mantine/core';
import { type ErrorCode, errorCode } from '@shared/api/errors';
import { useText } from '@shared/i18n';
import type { CombinedError } from 'urql';
import { uiMessages } from './messages';
import { Notice } from './Notice';

type Asked = 'read' | 'write';

/** A failed read loses nothing; a failed write says whether the words on the screen are safe. */
export function Trouble({ error, asked, onRetry }: { error: CombinedError; asked: Asked; onRetry?: () => void }) {
  const t = useText(uiMessages);
  const code: ErrorCode = errorCode(error);
  if (code === 'UNAUTHENTICATED') return null;
  return (
    <Notice
      tone={code === 'OFFLINE' || code === 'UNAVAILABLE' || code === 'RATE_LIMITED' ? 'warn' : 'crit'}
      title={t(`trouble.${code}`)}
      action={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    >
      {t(asked === 'write' ? 'safe.write' : 'safe.read')}
    </Notice>
  );
}
