import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { shellMessages } from '../../desk/shell/messages';
import { setLanguage, toLanguage, useText } from '.';

it('changes every text with the language, and the language of the page with it', () => {
  const { result } = renderHook(() => useText(shellMessages));
  act(() => setLanguage('cs'));
  expect(result.current('accept')).toBe('Přijmout');
  expect(document.documentElement.lang).toBe('cs');
  act(() => setLanguage('en'));
});
it.each([
  ['cs', 1, 'Zbývá 1 sekunda, pak ji dostane někdo jiný'],
  ['cs', 3, 'Zbývají 3 sekundy, pak ji dostane někdo jiný'],
  ['cs', 9, 'Zbývá 9 sekund, pak ji dostane někdo jiný'],
  ['pl', 12, 'Zostało 12 sekund, potem trafi do kogoś innego'],
  ['hu', 4, '4 másodperc maradt, utána más kapja meg'],
] as const)('inflects %s %i', (language, seconds, words) => {
  const { result } = renderHook(() => useText(shellMessages));
  act(() => setLanguage(language));
  expect(result.current('offerLeft', { seconds })).toBe(words);
});
it('knows its languages by any regional tag', () => {
  expect(toLanguage('sk-SK')).toBe('sk');
  expect(toLanguage('de')).toBeUndefined();
});
