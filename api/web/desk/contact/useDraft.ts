import { useCallback, useState } from 'react';

const prefix = 'busbar.draft.';

export function readDraft<Draft>(key: string, empty: Draft): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null');
    return typeof kept === 'object' && kept ? { ...empty, ...kept } : empty;
  } catch {
    return empty;
  }
}

export function clearDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

/** Words survive a reload, a lost sign-in and a change of screen; they end with the browser tab or a sign-out. */
export function useDraft<Draft extends object>(
  key: string,
  empty: Draft,
): [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState(() => readDraft(key, empty));
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft((now) => {
        const next = { ...now, ...part };
        sessionStorage.setItem(prefix + key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  const clear = useCallback(() => sessionStorage.removeItem(prefix + key), [key]);
  return [draft, change, clear];
}
