import { expect, it } from 'vitest';
import { emptyDraft, fieldOf, missingFields, toInput } from './logDraft';

const answered = { ...emptyDraft, wrapUpCode: 'billing', disposition: 'solved', note: ' Asked for a bill. ' };

it('asks for the new case only when there is to be one', () => {
  expect(missingFields(emptyDraft)).toEqual(['wrapUpCode', 'disposition', 'note', 'attach']);
  expect(missingFields({ ...answered, attach: 'none' })).toEqual([]);
  expect(missingFields({ ...answered, attach: 'new', subject: '  ' })).toEqual(['type', 'subject', 'text']);
});
it('sends a new case, an open case or none', () => {
  const opened = { ...answered, attach: 'new', type: 'complaint', subject: 'Bill', text: 'Too high' };
  expect(toInput(opened, 'i1', 'c1')).toEqual({
    interactionId: 'i1',
    customerId: 'c1',
    wrapUpCode: 'billing',
    disposition: 'solved',
    note: 'Asked for a bill.',
    newCase: { type: 'complaint', subject: 'Bill', text: 'Too high', priority: 'NORMAL' },
  });
  expect(toInput({ ...answered, attach: 'k1' }, 'i1', 'c1').caseId).toBe('k1');
  const bare = toInput({ ...answered, attach: 'none' }, 'i1', undefined);
  expect([bare.caseId, bare.newCase, bare.customerId]).toEqual([undefined, undefined, undefined]);
});
it("finds the field of a server's remark", () => {
  expect(fieldOf('newCase.subject')).toBe('subject');
  expect(fieldOf('input.caseId')).toBe('attach');
  expect(fieldOf('interactionId')).toBeUndefined();
  expect(fieldOf(null)).toBeUndefined();
});
