import { renderScreen } from '@shared/testScreen';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SignIn } from './SignIn';

const press = () => userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

it('names what is missing and goes there', async () => {
  const calls = renderScreen(<SignIn reason="expired" onSignedIn={() => {}} />, {});
  expect(screen.getByText(/What you wrote is kept/)).toBeTruthy();
  await press();
  expect(document.activeElement).toBe(screen.getByLabelText('Login name'));
  expect(screen.getByText('Enter your password.')).toBeTruthy();
  expect(calls).toEqual([]);
});
it('keeps the login name when the server refuses', async () => {
  const onSignedIn = vi.fn();
  const userErrors = [{ code: 'SIGN_IN_REFUSED', field: null, message: 'Name or password is wrong.' }];
  renderScreen(<SignIn reason="first" onSignedIn={onSignedIn} />, {
    SignIn: () => ({ signIn: { expiresAt: null, userErrors } }),
  });
  await userEvent.type(screen.getByLabelText('Login name'), 'jana');
  await userEvent.type(screen.getByLabelText('Password'), 'x{Enter}');
  expect(await screen.findByText('Name or password is wrong.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Login name').value).toBe('jana');
  expect(onSignedIn).not.toHaveBeenCalled();
});
