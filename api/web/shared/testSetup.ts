import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

const unobserved = { observe: () => {}, unobserve: () => {}, disconnect: () => {} };
vi.stubGlobal(
  'ResizeObserver',
  vi.fn(function ResizeObserver() {
    return unobserved;
  }),
);
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
vi.stubGlobal('CSS', { supports: () => true });
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
