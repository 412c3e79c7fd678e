import { renderScreen } from '@shared/testScreen';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Company } from '../frame/Frame';
import { SignIn } from './SignIn';

const company: Company = {
  key: 'balaton',
  name: 'Balaton Víz',
  languages: ['hu'],
  zone: 'Europe/Prague',
  commodities: ['WATER'],
  brand: { mark: 'drop', solid: '#0b7389', shape: 'drop' },
};

it('begins the title with the error and says how an address looks', async () => {
  const calls = renderScreen(<SignIn company={company} signedOut={false} />, {});
  await userEvent.type(screen.getByLabelText('E-mail address'), 'jana{Enter}');
  expect(document.title).toMatch(/^Error: Sign in/);
  expect(document.activeElement).toBe(screen.getByLabelText('E-mail address'));
  expect(calls).toEqual([]);
});
it('promises a link only to an address the utility knows', async () => {
  const calls = renderScreen(<SignIn company={company} signedOut={false} />, {
    PortalLinkRequest: () => ({ portalLinkRequest: { sent: true, userErrors: [] } }),
  });
  await userEvent.type(screen.getByLabelText('E-mail address'), 'jana@example.com{Enter}');
  expect(await screen.findByText(/If we know the address jana@example.com/)).toBeTruthy();
  expect(calls[0]?.variables).toEqual({ input: { tenantKey: 'balaton', email: 'jana@example.com' } });
});
