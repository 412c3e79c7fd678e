import { catalogue } from '@shared/i18n';

export const signInMessages = catalogue('desk.signIn', {
  title: { en: 'Sign in', cs: 'Přihlášení', pl: 'Logowanie', hu: 'Bejelentkezés', sk: 'Prihlásenie' },
  intro: {
    en: 'Operator desk of the contact centre',
    cs: 'Pracoviště operátora kontaktního centra',
    pl: 'Stanowisko konsultanta centrum kontaktowego',
    hu: 'Az ügyfélszolgálati központ ügyintézői felülete',
    sk: 'Pracovisko operátora kontaktného centra',
  },
  login: { en: 'Login name', cs: 'Přihlašovací jméno', pl: 'Nazwa użytkownika', hu: 'Felhasználónév', sk: 'Prihlasovacie meno' },
  password: { en: 'Password', cs: 'Heslo', pl: 'Hasło', hu: 'Jelszó', sk: 'Heslo' },
  showPassword: { en: 'Show or hide the password', cs: 'Zobrazit nebo skrýt heslo', pl: 'Pokaż lub ukryj hasło', hu: 'Jelszó megjelenítése vagy elrejtése', sk: 'Zobraziť alebo skryť heslo' },
  submit: { en: 'Sign in', cs: 'Přihlásit se', pl: 'Zaloguj się', hu: 'Bejelentkezés', sk: 'Prihlásiť sa' },
  missingLogin: { en: 'Enter your login name.', cs: 'Vyplňte přihlašovací jméno.', pl: 'Podaj nazwę użytkownika.', hu: 'Adja meg a felhasználónevét.', sk: 'Vyplňte prihlasovacie meno.' },
  missingPassword: { en: 'Enter your password.', cs: 'Vyplňte heslo.', pl: 'Podaj hasło.', hu: 'Adja meg a jelszavát.', sk: 'Vyplňte heslo.' },
  expired: { en: 'Your sign-in has ended.', cs: 'Vaše přihlášení skončilo.', pl: 'Twoja sesja wygasła.', hu: 'A bejelentkezése lejárt.', sk: 'Vaše prihlásenie sa skončilo.' },
  expiredHelp: {
    en: 'What you wrote is kept in this tab. Sign in and carry on where you stopped.',
    cs: 'Co jste napsali, zůstává v této záložce. Přihlaste se a pokračujte, kde jste skončili.',
    pl: 'Wpisany tekst pozostaje w tej karcie. Zaloguj się i pracuj dalej od tego samego miejsca.',
    hu: 'Amit írt, ezen a lapon megmarad. Jelentkezzen be, és folytassa, ahol abbahagyta.',
    sk: 'Čo ste napísali, zostáva na tejto karte. Prihláste sa a pokračujte tam, kde ste skončili.',
  },
  signedOut: { en: 'You are signed out.', cs: 'Jste odhlášeni.', pl: 'Wylogowano.', hu: 'Kijelentkezett.', sk: 'Ste odhlásení.' },
  refused: { en: 'Sign-in refused', cs: 'Přihlášení odmítnuto', pl: 'Odmowa zalogowania', hu: 'Sikertelen bejelentkezés', sk: 'Prihlásenie odmietnuté' },
});
