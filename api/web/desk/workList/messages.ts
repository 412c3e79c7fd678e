import { catalogue } from '@shared/i18n';

export const workListMessages = catalogue('desk.workList', {
  title: { en: 'Work list', cs: 'Seznam práce', pl: 'Lista zadań', hu: 'Munkalista', sk: 'Zoznam práce' },
  help: {
    en: 'Contacts and cases of all utilities you serve, without personal data.',
    cs: 'Kontakty a případy všech společností, za které jednáte, bez osobních údajů.',
    pl: 'Kontakty i sprawy wszystkich przedsiębiorstw, które obsługujesz, bez danych osobowych.',
    hu: 'Az Ön által kiszolgált összes szolgáltató megkeresései és ügyei, személyes adatok nélkül.',
    sk: 'Kontakty a prípady všetkých spoločností, za ktoré konáte, bez osobných údajov.',
  },
  utility: { en: 'Utility', cs: 'Společnost', pl: 'Przedsiębiorstwo', hu: 'Szolgáltató', sk: 'Spoločnosť' },
  kind: { en: 'Kind', cs: 'Druh', pl: 'Rodzaj', hu: 'Fajta', sk: 'Druh' },
  'kind.CONTACT': { en: 'Contact', cs: 'Kontakt', pl: 'Kontakt', hu: 'Megkeresés', sk: 'Kontakt' },
  'kind.CASE': { en: 'Case', cs: 'Případ', pl: 'Sprawa', hu: 'Ügy', sk: 'Prípad' },
  number: { en: 'Number', cs: 'Číslo', pl: 'Numer', hu: 'Szám', sk: 'Číslo' },
  type: { en: 'Type', cs: 'Typ', pl: 'Typ', hu: 'Típus', sk: 'Typ' },
  state: { en: 'State', cs: 'Stav', pl: 'Stan', hu: 'Állapot', sk: 'Stav' },
  since: { en: 'Since', cs: 'Od', pl: 'Od', hu: 'Mióta', sk: 'Od' },
  owner: { en: 'Responsible', cs: 'Řešitel', pl: 'Osoba odpowiedzialna', hu: 'Felelős', sk: 'Riešiteľ' },
  mine: { en: 'You', cs: 'Vy', pl: 'Ty', hu: 'Ön', sk: 'Vy' },
  others: {
    en: 'Someone else or nobody',
    cs: 'Někdo jiný nebo nikdo',
    pl: 'Ktoś inny lub nikt',
    hu: 'Más vagy senki',
    sk: 'Niekto iný alebo nikto',
  },
  more: { en: 'Show more', cs: 'Zobrazit další', pl: 'Pokaż więcej', hu: 'Továbbiak', sk: 'Zobraziť ďalšie' },
  empty: {
    en: 'There is nothing to do.',
    cs: 'Není co dělat.',
    pl: 'Nie ma nic do zrobienia.',
    hu: 'Nincs teendő.',
    sk: 'Nie je čo robiť.',
  },
  emptyHelp: {
    en: 'Cases appear here as soon as someone opens one for a utility you serve.',
    cs: 'Případy se tu objeví, jakmile je někdo otevře pro společnost, za kterou jednáte.',
    pl: 'Sprawy pojawią się tutaj, gdy ktoś je otworzy dla obsługiwanego przedsiębiorstwa.',
    hu: 'Az ügyek itt jelennek meg, amint valaki ügyet nyit egy Ön által kiszolgált szolgáltatónál.',
    sk: 'Prípady sa tu objavia, len čo ich niekto otvorí pre spoločnosť, za ktorú konáte.',
  },
});
