import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

export type Tone = 'crit' | 'warn' | 'info' | 'ok';
const icons: Record<Tone, IconName> = { crit: 'crit', warn: 'warn', info: 'info', ok: 'ok' };

interface NoticeProps {
  tone: Tone;
  title: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** What happened, what is safe, what to do. Only trouble interrupts a screen reader. */
export function Notice({ tone, title, action, children }: NoticeProps) {
  return (
    <div className={`msg ${tone}`} role={tone === 'crit' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <b>{title}</b>
      {children && <p>{children}</p>}
      {action && <div className="act">{action}</div>}
    </div>
  );
}
