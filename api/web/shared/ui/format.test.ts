import { expect, it } from 'vitest';
import { formatAgo, formatClock, formatDecimal, formatKey, formatMoney, formatPaymentKey, formatPhone } from './format';

const plain = (text: string) => text.replace(/\s/g, ' ');

it('writes money as the country does', () => {
  expect(plain(formatMoney({ minor: 128450, currency: 'CZK' }, 'cs'))).toBe('1 284,50 Kč');
  expect(plain(formatMoney({ minor: 1234500, currency: 'HUF' }, 'hu'))).toBe('12 345 Ft');
  expect(plain(formatMoney({ minor: 123450, currency: 'PLN' }, 'en'))).toBe('PLN 1,234.50');
});
it('keeps every digit of a decimal', () => {
  expect(plain(formatDecimal('12345.678901', 'cs'))).toBe('12 345,678901');
});
it.each([
  ['+420777000184', '+420 777 000 184'],
  ['+48501000384', '+48 501 000 384'],
  ['+36205000485', '+36 20 500 0485'],
  ['+3612345678', '+36 1 234 5678'],
  ['+4915112345678', '+4915112345678'],
])('writes the number %s as the country does', (number, written) => {
  expect(plain(formatPhone(number))).toBe(written);
});
it('cuts a long account number into fours', () => {
  expect(formatPaymentKey('10194010760000030000000000')).toBe('10 1940 1076 0000 0300 0000 0000');
  expect(formatPaymentKey('5100000000')).toBe('5100000000');
});
it('makes words of a key nobody translated', () => {
  expect(formatKey('gas_leak')).toBe('Gas leak');
});
it('says how old a fact is', () => {
  const now = Date.parse('2026-02-10T14:32:00Z');
  expect(formatAgo('2026-02-10T14:20:00Z', now, 'en')).toBe('12 min ago');
  expect(formatAgo('2026-02-10T14:31:50Z', now, 'en')).toBe('now');
  expect(formatAgo('2026-02-10T14:40:00Z', now, 'en')).toBe('now');
  expect(formatAgo('2026-02-08T14:00:00Z', now, 'cs')).toBe('předevčírem');
});
it('shows a clock with hours only when there are any', () => {
  expect(formatClock(222_000)).toBe('3:42');
  expect(formatClock(3_725_000)).toBe('1:02:05');
  expect(formatClock(-5)).toBe('0:00');
});
