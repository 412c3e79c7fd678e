import { catalogue } from '@shared/i18n';

export const keyMessages = catalogue('desk.keys', {
  title: { en: 'Keys on this screen', cs: 'Klávesy na této obrazovce', pl: 'Klawisze na tym ekranie', hu: 'Billentyűk ezen a képernyőn', sk: 'Klávesy na tejto obrazovke' },
  'group.contacts': { en: 'Contacts', cs: 'Kontakty', pl: 'Kontakty', hu: 'Megkeresések', sk: 'Kontakty' },
  'group.card': { en: 'Card', cs: 'Karta', pl: 'Karta', hu: 'Ügyféllap', sk: 'Karta' },
  'group.form': { en: 'Form', cs: 'Formulář', pl: 'Formularz', hu: 'Űrlap', sk: 'Formulár' },
  'key.accept': { en: 'Accept the offer', cs: 'Přijmout nabídku', pl: 'Przyjmij ofertę', hu: 'Ajánlat elfogadása', sk: 'Prijať ponuku' },
  'key.decline': { en: 'Decline the offer', cs: 'Odmítnout nabídku', pl: 'Odrzuć ofertę', hu: 'Ajánlat elutasítása', sk: 'Odmietnuť ponuku' },
  'key.previousContact': { en: 'Previous contact', cs: 'Předchozí kontakt', pl: 'Poprzedni kontakt', hu: 'Előző megkeresés', sk: 'Predchádzajúci kontakt' },
  'key.nextContact': { en: 'Next contact', cs: 'Další kontakt', pl: 'Następny kontakt', hu: 'Következő megkeresés', sk: 'Ďalší kontakt' },
  'key.presence': { en: 'My presence', cs: 'Stav přítomnosti', pl: 'Mój status', hu: 'Jelenlétem', sk: 'Stav prítomnosti' },
  'key.help': { en: 'This overview', cs: 'Tento přehled', pl: 'Ten przegląd', hu: 'Ez az áttekintés', sk: 'Tento prehľad' },
  'key.search': { en: 'Find a customer', cs: 'Hledat zákazníka', pl: 'Szukaj klienta', hu: 'Ügyfél keresése', sk: 'Hľadať zákazníka' },
  'key.nextBlock': { en: 'Next block of the card', cs: 'Další blok karty', pl: 'Następny blok karty', hu: 'Az ügyféllap következő része', sk: 'Ďalší blok karty' },
  'key.nextMissing': { en: 'Next missing answer', cs: 'Další chybějící údaj', pl: 'Następna brakująca odpowiedź', hu: 'Következő hiányzó adat', sk: 'Ďalší chýbajúci údaj' },
  'key.save': { en: 'Save', cs: 'Uložit', pl: 'Zapisz', hu: 'Mentés', sk: 'Uložiť' },
  characterKeys: {
    en: 'Keys of a single character (? and /) work outside text fields',
    cs: 'Jednoznakové klávesy (? a /) fungují mimo textová pole',
    pl: 'Klawisze jednoznakowe (? i /) działają poza polami tekstowymi',
    hu: 'Az egykarakteres billentyűk (? és /) a szövegmezőkön kívül működnek',
    sk: 'Jednoznakové klávesy (? a /) fungujú mimo textových polí',
  },
});
