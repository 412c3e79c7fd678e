import { type Shortcut, shortcuts } from './keys';

const shown: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓' };

export function Key({ of }: { of: Shortcut }) {
  const parts = shortcuts[of].split('+').map((part) => shown[part] ?? part);
  return <kbd>{parts.join(' ')}</kbd>;
}
