import type { Language } from '@shared/i18n';

export interface Money {
  minor: number;
  currency: string;
}

/** The utilities are European: English dates and sums are written as in Britain. */
const localeOf = (language: Language) => (language === 'en' ? 'en-GB' : language);

/** Forints are quoted without fillér although the minor unit exists. */
export function formatMoney({ minor, currency }: Money, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency,
    ...(currency === 'HUF' && minor % 100 === 0 ? { maximumFractionDigits: 0 } : {}),
  }).format(minor / 100);
}

export function formatDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** In the zone of the utility where it speaks to its customer, else in the reader's own. */
export function formatInstant(instant: string, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
}

export function formatDecimal(text: string, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 6 }).format(
    text as Intl.StringNumericLiteral,
  );
}

const groupings: Readonly<Record<string, RegExp>> = {
  '36': /^(1|\d\d)(\d{3})(\d{3,4})$/,
  '48': /^(\d{3})(\d{3})(\d{3})$/,
  '420': /^(\d{3})(\d{3})(\d{3})$/,
  '421': /^(\d{3})(\d{3})(\d{3})$/,
};

/** A number as people of its country write it; one of another country, or a part of one, stays as it is. */
export function formatPhone(number: string): string {
  for (const [country, grouping] of Object.entries(groupings)) {
    const parts = number.startsWith(`+${country}`) && grouping.exec(number.slice(country.length + 1));
    if (parts) return [`+${country}`, ...parts.slice(1)].join('\u00a0');
  }
  return number;
}

/** A Polish bank account, as long as a card is wide: in fours, so that it can be read out and wraps. */
export function formatPaymentKey(key: string): string {
  return /^\d{26}$/.test(key) ? key.replace(/(?<=^\d\d(?:\d{4})*)(?=(?:\d{4})+$)/g, ' ') : key;
}

/** The name of a language in the reader's own. */
export function formatLanguage(tag: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
}

/** A key nobody translated, so that it at least reads as words. */
export function formatKey(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function formatAgo(instant: string, now: number, language: Language): string {
  const seconds = Math.min(0, (Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto', style: 'short' });
  const step = steps.find(([, size]) => -seconds >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second');
}

/** Minutes and seconds of a running clock; hours only when there are any. */
export function formatClock(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index ? String(part).padStart(2, '0') : String(part))).join(':');
}
