import { renderScreen } from '@shared/testScreen';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { type Me, MeProvider, type Utility } from '../session';
import type { CardData } from './ContactPage';
import { LogForm } from './LogForm';

const utility: Utility = {
  key: 'vltava',
  name: 'Vltava Energie',
  languages: ['cs'],
  commodities: ['ELECTRICITY'],
  brand: { mark: 'bolt', solid: '#3d3a9c', shape: 'square' },
};
const me: Me = {
  id: 'p1',
  kind: 'PERSON',
  displayName: 'Jana Dvořáková',
  locale: 'en',
  presence: null,
  grants: [],
  offers: [],
  contacts: [],
};
const card: CardData = {
  match: 'NONE',
  loadedAt: '2026-02-10T14:32:00Z',
  interaction: {
    id: 'i1',
    channel: 'VOICE',
    direction: 'in',
    state: 'WRAP_UP',
    match: 'NONE',
    from: null,
    queue: 'main',
    startedAt: '2026-02-10T14:30:00Z',
    answeredAt: null,
    endedAt: '2026-02-10T14:32:00Z',
    mine: true,
    customerId: null,
    wrapUpCode: null,
    disposition: null,
  },
  candidates: [],
  customer: null,
  accounts: [],
  supplyPoints: [],
  invoices: [],
  cases: [],
  interactions: [],
};
const form = {
  tenant: { key: 'vltava', greeting: 'Dobrý den, Vltava Energie.' },
  caseTypes: [{ key: 'complaint', label: 'Complaint' }],
  wrapUpCodes: [{ key: 'billing', label: 'Billing' }],
};

function open(log: () => unknown) {
  const { interaction } = card;
  if (!interaction) throw new Error('no interaction');
  return renderScreen(
    <MeProvider value={me}>
      <LogForm utility={utility} card={card} interaction={interaction} focusFirst={false} onLogged={() => {}} />
    </MeProvider>,
    { ContactForm: () => form, InteractionLog: log },
  );
}
const save = () => fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });

async function fill() {
  await userEvent.selectOptions(await screen.findByLabelText(/Contact reason/), 'billing');
  await userEvent.click(screen.getByRole('radio', { name: 'Solved' }));
  await userEvent.type(screen.getByLabelText(/Note/), 'Asks about a bill');
  await userEvent.click(screen.getByRole('radio', { name: 'New case' }));
  await userEvent.selectOptions(screen.getByLabelText(/Type/), 'complaint');
  await userEvent.type(screen.getByLabelText(/Subject/), 'Bill');
  await userEvent.type(screen.getByLabelText(/What the customer asks for/), 'Explain it');
}

it('says the greeting, then what is missing, and goes to the first of it', async () => {
  const calls = open(() => null);
  expect(await screen.findByText(form.tenant.greeting)).toBeTruthy();
  save();
  expect(screen.getByText('Write one sentence about the contact.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText(/Contact reason/));
  expect(calls.map(({ name }) => name)).toEqual(['ContactForm']);
});

it('keeps the words and the key over a lost answer, then shows the number', async () => {
  let lost = true;
  const calls = open(() => {
    if (lost) return new Error('connection reset');
    return {
      interactionLog: { interaction: { id: 'i1', state: 'CLOSED' }, case: { id: 'k1', number: 'R-7' }, userErrors: [] },
    };
  });
  await fill();
  save();
  expect(await screen.findByText('The server cannot be reached.')).toBeTruthy();
  expect(sessionStorage.getItem('busbar.draft.p1.vltava.i1')).toContain('Asks about a bill');
  lost = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Case R-7 is open.')).toBeTruthy();
  const keys = calls
    .filter(({ name }) => name === 'InteractionLog')
    .map(({ headers }) => headers.get('idempotency-key'));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  expect(sessionStorage.getItem('busbar.draft.p1.vltava.i1')).toBeNull();
});

it("puts the server's remark at its field", async () => {
  const userErrors = [{ code: 'CASE_TYPE_UNKNOWN', field: 'newCase.type', message: 'No such type.' }];
  open(() => ({ interactionLog: { interaction: null, case: null, userErrors } }));
  await fill();
  save();
  expect(await screen.findByText('No such type.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText(/Type/));
});
