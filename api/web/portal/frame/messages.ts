import { catalogue } from '@shared/i18n';

export const frameMessages = catalogue('portal.frame', {
  signOut: { en: 'Sign out', cs: 'Odhlásit se', pl: 'Wyloguj się', hu: 'Kijelentkezés', sk: 'Odhlásiť sa' },
  portal: {
    en: 'Customer portal',
    cs: 'Zákaznický portál',
    pl: 'Elektroniczne biuro obsługi klienta',
    hu: 'Online ügyfélszolgálat',
    sk: 'Zákaznícky portál',
  },
  noCompany: {
    en: 'There is no portal at this address.',
    cs: 'Na této adrese žádný portál není.',
    pl: 'Pod tym adresem nie ma portalu.',
    hu: 'Ezen a címen nincs portál.',
    sk: 'Na tejto adrese nie je žiadny portál.',
  },
  noCompanyHelp: {
    en: 'Check the address in the letter or on the bill from your utility.',
    cs: 'Zkontrolujte adresu v dopise nebo na faktuře od vaší společnosti.',
    pl: 'Sprawdź adres w piśmie lub na fakturze od swojego przedsiębiorstwa.',
    hu: 'Ellenőrizze a címet a szolgáltatója levelében vagy számláján.',
    sk: 'Skontrolujte adresu v liste alebo na faktúre od vašej spoločnosti.',
  },
});
