export const shortcuts = {
  previousContact: 'Alt+ArrowUp',
  nextContact: 'Alt+ArrowDown',
  accept: 'F2',
  decline: 'Shift+F2',
  presence: 'F9',
  search: '/',
  nextMissing: 'F4',
  nextBlock: 'F8',
  save: 'Ctrl+Enter',
  help: '?',
} as const;
export type Shortcut = keyof typeof shortcuts;

const storageKey = 'busbar.characterKeys';

/** Keys that are a single character can be switched off: speech input and slipped fingers trigger them. */
export function characterKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function setCharacterKeys(on: boolean): void {
  if (on) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Which shortcut a key press means, if any. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.isComposing || event.repeat) return;
  const { key, altKey, ctrlKey, metaKey, shiftKey, target } = event;
  const plain = !altKey && !ctrlKey && !metaKey;
  if (key.length === 1) {
    if (!plain || isTyping(target) || !characterKeysOn()) return;
    return entries.find(([, combo]) => combo === key)?.[0];
  }
  if (altKey && target instanceof HTMLSelectElement) return;
  const combo = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', key].filter(Boolean).join('+');
  return entries.find(([, known]) => known === combo)?.[0];
}

const entries = Object.entries(shortcuts) as [Shortcut, string][];
