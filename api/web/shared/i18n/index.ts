import i18next from 'i18next';
import ICU from 'i18next-icu';
import { useCallback, useSyncExternalStore } from 'react';

export const languages = ['en', 'cs', 'pl', 'hu', 'sk'] as const;
export type Language = (typeof languages)[number];
export type Text = Readonly<Record<Language, string>>;
export type Values = Readonly<Record<string, string | number>>;
export interface Catalogue<Key extends string> {
  readonly namespace: string;
  readonly texts: Readonly<Record<Key, Text>>;
}
export type Translate<Key extends string> = (key: Key, values?: Values) => string;

const storageKey = 'busbar.language';

export function toLanguage(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary);
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  return wanted.map(toLanguage).find((language) => language !== undefined) ?? 'en';
}

i18next.use(ICU).init({
  lng: firstLanguage(),
  fallbackLng: false,
  supportedLngs: [...languages],
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  resources: {},
});
document.documentElement.lang = i18next.language;

export function catalogue<const Key extends string>(
  namespace: string,
  texts: Readonly<Record<Key, Text>>,
): Catalogue<Key> {
  for (const language of languages) {
    const bundle = Object.fromEntries(Object.entries<Text>(texts).map(([key, text]) => [key, text[language]]));
    i18next.addResourceBundle(language, namespace, bundle);
  }
  return { namespace, texts };
}

export function currentLanguage(): Language {
  return toLanguage(i18next.language) ?? 'en';
}

export function hasChosenLanguage(): boolean {
  return localStorage.getItem(storageKey) !== null;
}

/** `remember` is false when the language was only suggested, by the person's record for one. */
export function setLanguage(language: Language, remember = true): void {
  if (remember) localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

export function useText<Key extends string>({ namespace }: Catalogue<Key>): Translate<Key> {
  const language = useLanguage();
  return useCallback(
    (key, values) => i18next.t(key, { ...values, ns: namespace, lng: language }),
    [namespace, language],
  );
}
