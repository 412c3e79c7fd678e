import { describe, expect, it } from 'vitest';
import { setCharacterKeys, shortcutOf } from './keys';

function press(target: HTMLElement, init: KeyboardEventInit) {
  document.body.append(target);
  const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
  let found: ReturnType<typeof shortcutOf>;
  target.addEventListener('keydown', (heard) => {
    found = shortcutOf(heard);
  });
  target.dispatchEvent(event);
  target.remove();
  return found;
}
const page = () => document.createElement('div');
const field = () => document.createElement('textarea');

describe('shortcuts', () => {
  it('accepts an offer from anywhere, also while typing', () => {
    expect(press(page(), { key: 'F2' })).toBe('accept');
    expect(press(field(), { key: 'F2' })).toBe('accept');
    expect(press(field(), { key: 'F2', shiftKey: true })).toBe('decline');
  });
  it('never takes a character from a text', () => {
    expect(press(page(), { key: '?', shiftKey: true })).toBe('help');
    expect(press(field(), { key: '?', shiftKey: true })).toBeUndefined();
    expect(press(field(), { key: '/' })).toBeUndefined();
  });
  it('lets a person switch the single-character keys off', () => {
    setCharacterKeys(false);
    expect(press(page(), { key: '?', shiftKey: true })).toBeUndefined();
    expect(press(page(), { key: 'F4' })).toBe('nextMissing');
  });
  it('leaves Alt and an arrow to an open list', () => {
    expect(press(document.createElement('select'), { key: 'ArrowDown', altKey: true })).toBeUndefined();
    expect(press(page(), { key: 'ArrowDown', altKey: true })).toBe('nextContact');
  });
  it('saves with Ctrl or Command and Enter', () => {
    expect(press(field(), { key: 'Enter', ctrlKey: true })).toBe('save');
    expect(press(field(), { key: 'Enter', metaKey: true })).toBe('save');
    expect(press(field(), { key: 'Enter' })).toBeUndefined();
  });
});
