import { catalogue } from '@shared/i18n';

export const routingMessages = catalogue('desk.routing', {
  'channel.VOICE': { en: 'Call', cs: 'Hovor', pl: 'Rozmowa', hu: 'Hívás', sk: 'Hovor' },
  'channel.CHAT': { en: 'Chat', cs: 'Chat', pl: 'Czat', hu: 'Csevegés', sk: 'Chat' },
  'channel.MAIL': { en: 'E-mail', cs: 'E-mail', pl: 'E-mail', hu: 'E-mail', sk: 'E-mail' },
  'channel.PORTAL': { en: 'Portal', cs: 'Portál', pl: 'Portal', hu: 'Portál', sk: 'Portál' },
  'queue.service': {
    en: 'Customer service',
    cs: 'Zákaznická linka',
    pl: 'Obsługa klienta',
    hu: 'Ügyfélszolgálat',
    sk: 'Zákaznícka linka',
  },
  'queue.faults': {
    en: 'Faults',
    cs: 'Poruchová linka',
    pl: 'Zgłoszenia awarii',
    hu: 'Hibabejelentés',
    sk: 'Poruchová linka',
  },
  'queue.emergency': {
    en: 'Emergency line',
    cs: 'Pohotovost',
    pl: 'Pogotowie',
    hu: 'Vészhelyzeti vonal',
    sk: 'Pohotovosť',
  },
});
