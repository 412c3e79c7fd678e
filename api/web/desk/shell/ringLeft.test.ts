import { expect, it } from 'vitest';
import { ringLeft } from './ringLeft';

const offer = { madeAt: '2026-02-10T13:32:00Z', expiresAt: '2026-02-10T13:32:20Z' };
const at = (time: string) => Date.parse(`2026-02-10T${time}Z`);

it('counts whole seconds down to nothing', () => {
  expect(ringLeft(offer, at('13:32:00'))).toBe(20);
  expect(ringLeft(offer, at('13:32:19.500'))).toBe(1);
  expect(ringLeft(offer, at('13:32:20'))).toBe(0);
  expect(ringLeft(offer, at('13:40:00'))).toBe(0);
});
it('shows no more than the whole ring on a clock that runs behind', () => {
  expect(ringLeft(offer, at('13:30:00'))).toBe(20);
});
