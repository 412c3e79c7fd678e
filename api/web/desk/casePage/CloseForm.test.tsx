import { renderScreen } from '@shared/testScreen';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { type Me, MeProvider } from '../session';
import type { CaseData } from './CasePage';
import { CloseForm } from './CloseForm';

const me = { id: 'p1' } as Me;
const kase: CaseData = {
  __typename: 'Case',
  id: 'k1',
  number: 'R-7',
  typeLabel: 'Complaint',
  subject: { value: 'Bill', masked: false },
  state: 'OPEN',
  priority: 'NORMAL',
  version: 3,
  owner: null,
  openedAt: '2026-02-10T14:30:00Z',
  closedAt: null,
};

function Page() {
  const [version, setVersion] = useState(3);
  return <CloseForm utility="vltava" kase={{ ...kase, version }} onChanged={() => setVersion(4)} />;
}

it('keeps the text when someone else changed the case, and sends the version read since', async () => {
  const userErrors = [{ code: 'STALE', field: null, message: 'changed' }];
  const calls = renderScreen(
    <MeProvider value={me}>
      <Page />
    </MeProvider>,
    {
      CaseClose: (variables) => {
        const stale = (variables.input as { version: number }).version === 3;
        return { caseClose: { case: stale ? null : kase, userErrors: stale ? userErrors : [] } };
      },
    },
  );
  await userEvent.type(screen.getByLabelText('How it was resolved'), 'Explained');
  await userEvent.click(screen.getByRole('button', { name: 'Close the case' }));
  expect(await screen.findByText('The case has changed meanwhile.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLTextAreaElement>('How it was resolved').value).toBe('Explained');
  await userEvent.click(screen.getByRole('button', { name: 'Close the case' }));
  await waitFor(() =>
    expect(calls.map(({ variables }) => variables.input)).toMatchObject([{ version: 3 }, { version: 4 }]),
  );
});
