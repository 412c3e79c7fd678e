import { catalogue } from '@shared/i18n';

export const enterMessages = catalogue('portal.enter', {
  title: {
    en: 'Enter your pages',
    cs: 'Vstup na vaše stránky',
    pl: 'Wejście na Twoje strony',
    hu: 'Belépés az oldalaira',
    sk: 'Vstup na vaše stránky',
  },
  help: {
    en: 'You came by the link from your e-mail. Press Continue and your pages open.',
    cs: 'Přišli jste odkazem z e-mailu. Stiskněte Pokračovat a vaše stránky se otevřou.',
    pl: 'Otwarto link z e-maila. Naciśnij Dalej, a Twoje strony się otworzą.',
    hu: 'Az e-mailben kapott hivatkozással érkezett. Nyomja meg a Tovább gombot, és megnyílnak az oldalai.',
    sk: 'Prišli ste odkazom z e-mailu. Stlačte Pokračovať a vaše stránky sa otvoria.',
  },
  go: { en: 'Continue', cs: 'Pokračovat', pl: 'Dalej', hu: 'Tovább', sk: 'Pokračovať' },
  invalid: {
    en: 'This link does not work any more.',
    cs: 'Tento odkaz už nefunguje.',
    pl: 'Ten link już nie działa.',
    hu: 'Ez a hivatkozás már nem működik.',
    sk: 'Tento odkaz už nefunguje.',
  },
  invalidHelp: {
    en: 'A link works once and for a short time. Ask for a new one, it takes a minute.',
    cs: 'Odkaz funguje jednou a krátkou dobu. Požádejte o nový, zabere to minutu.',
    pl: 'Link działa jeden raz i przez krótki czas. Poproś o nowy, to zajmie minutę.',
    hu: 'Egy hivatkozás egyszer és rövid ideig működik. Kérjen újat, egy perc az egész.',
    sk: 'Odkaz funguje raz a krátky čas. Požiadajte o nový, zaberie to minútu.',
  },
  again: {
    en: 'Ask for a new link',
    cs: 'Požádat o nový odkaz',
    pl: 'Poproś o nowy link',
    hu: 'Új hivatkozás kérése',
    sk: 'Požiadať o nový odkaz',
  },
});
