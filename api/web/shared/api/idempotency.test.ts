import { expect, it } from 'vitest';
import { IdempotencyKeys } from './idempotency';

it('keeps the key of a wish until it is answered', () => {
  const keys = new IdempotencyKeys();
  const first = keys.keyFor({ note: 'a' });
  expect(keys.keyFor({ note: 'a' })).toBe(first);
  expect(keys.keyFor({ note: 'b' })).not.toBe(first);
  const second = keys.keyFor({ note: 'b' });
  keys.answered();
  expect(keys.keyFor({ note: 'b' })).not.toBe(second);
});
