import { useText } from '@shared/i18n';
import { useCallback } from 'react';
import { uiMessages } from './messages';

/** UN/ECE codes whose symbol is the same in every language. */
const symbols: Readonly<Record<string, string>> = {
  KWH: 'kWh',
  MWH: 'MWh',
  WHR: 'Wh',
  KWT: 'kW',
  AMP: 'A',
  MTQ: 'm³',
  LTR: 'l',
  GJ: 'GJ',
  MJ: 'MJ',
  P1: '%',
};
const words = ['C62', 'MON', 'DAY', 'HUR', 'ANN'] as const;
const sameAs: Readonly<Record<string, string>> = { EA: 'C62', H87: 'C62', XPP: 'C62', GV: 'GJ', '3B': 'MJ' };

/** How people write the unit of an invoice line; an unknown code is shown as the invoice has it. */
export function useUnit(): (code: string) => string {
  const t = useText(uiMessages);
  return useCallback(
    (code) => {
      const plain = sameAs[code] ?? code;
      const word = words.find((known) => known === plain);
      return word ? t(`unit.${word}`) : (symbols[plain] ?? code);
    },
    [t],
  );
}
