import { catalogue } from '@shared/i18n';

export const billMessages = catalogue('portal.bill', {
  back: {
    en: 'Back to my pages',
    cs: 'Zpět na moje stránky',
    pl: 'Wróć do moich stron',
    hu: 'Vissza az oldalaimra',
    sk: 'Späť na moje stránky',
  },
  period: {
    en: 'For {from} to {to}',
    cs: 'Za období {from} až {to}',
    pl: 'Za okres od {from} do {to}',
    hu: 'Időszak: {from} – {to}',
    sk: 'Za obdobie {from} až {to}',
  },
  gone: {
    en: 'This bill is not among your bills.',
    cs: 'Tato faktura mezi vašimi není.',
    pl: 'Tej faktury nie ma wśród Twoich.',
    hu: 'Ez a számla nincs az Ön számlái között.',
    sk: 'Táto faktúra medzi vašimi nie je.',
  },
  goneHelp: {
    en: 'Choose one from the list on your pages.',
    cs: 'Vyberte si ze seznamu na svých stránkách.',
    pl: 'Wybierz fakturę z listy na swoich stronach.',
    hu: 'Válasszon az oldalain lévő listából.',
    sk: 'Vyberte si zo zoznamu na svojich stránkach.',
  },
});
