import { renderScreen } from '@shared/testScreen';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Company } from '../frame/Frame';
import { Enter } from './Enter';

const company: Company = {
  key: 'vltava',
  name: 'Vltava Energie',
  languages: ['cs'],
  zone: 'Europe/Prague',
  commodities: ['ELECTRICITY'],
  brand: { mark: 'bolt', solid: '#3d3a9c', shape: 'square' },
};
const userErrors = [{ code: 'LINK_INVALID', field: null, message: 'used' }];

it('uses the link up only when the button is pressed', async () => {
  const calls = renderScreen(
    <Enter company={company} />,
    { PortalLinkRedeem: () => ({ portalLinkRedeem: { expiresAt: null, userErrors } }) },
    '/enter#secret',
  );
  expect(calls).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(calls[0]?.variables).toEqual({ input: { token: 'secret', session: 'COOKIE' } });
  expect(await screen.findByText('This link does not work any more.')).toBeTruthy();
});
