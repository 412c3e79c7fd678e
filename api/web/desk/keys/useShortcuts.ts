import { useEffect, useRef } from 'react';
import { type Shortcut, shortcutOf } from './keys';

type Actions = Partial<Record<Shortcut, () => void>>;

export function useShortcuts(actions: Actions): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      const action = shortcut && current.current[shortcut];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
