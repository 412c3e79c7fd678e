import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { clearDrafts, readDraft, useDraft } from './useDraft';

const empty = { note: '' };

it('keeps the words over a lost sign-in, each contact its own', () => {
  const first = renderHook(() => useDraft('jana.vltava.1', empty));
  act(() => first.result.current[1]({ note: 'power is out' }));
  first.unmount();
  expect(renderHook(() => useDraft('jana.vltava.1', empty)).result.current[0].note).toBe('power is out');
  expect(renderHook(() => useDraft('jana.morava.1', empty)).result.current[0].note).toBe('');
  expect(renderHook(() => useDraft('petr.vltava.1', empty)).result.current[0].note).toBe('');
});
it('forgets them after saving and after signing out', () => {
  const saved = renderHook(() => useDraft('a', empty));
  act(() => saved.result.current[1]({ note: 'x' }));
  act(() => saved.result.current[2]());
  expect(readDraft('a', empty)).toEqual(empty);
  const open = renderHook(() => useDraft('b', empty));
  act(() => open.result.current[1]({ note: 'y' }));
  clearDrafts();
  expect(readDraft('b', empty)).toEqual(empty);
});
it('starts empty when what is stored is not a draft', () => {
  sessionStorage.setItem('busbar.draft.c', '{broken');
  expect(readDraft('c', empty)).toEqual(empty);
});
