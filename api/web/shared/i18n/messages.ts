import { catalogue } from '@shared/i18n';

export const languageMessages = catalogue('language', {
  choose: { en: 'Language', cs: 'Jazyk', pl: 'Język', hu: 'Nyelv', sk: 'Jazyk' },
});
