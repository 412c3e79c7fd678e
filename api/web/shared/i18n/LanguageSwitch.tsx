import { NativeSelect } from '@mantine/core';
import { type Language, languages, setLanguage, toLanguage, useLanguage, useText } from '@shared/i18n';
import { languageMessages } from './messages';

const ownNames: Record<Language, string> = {
  en: 'English',
  cs: 'Čeština',
  pl: 'Polski',
  hu: 'Magyar',
  sk: 'Slovenčina',
};

export function LanguageSwitch() {
  const t = useText(languageMessages);
  const language = useLanguage();
  return (
    <NativeSelect
      aria-label={t('choose')}
      value={language}
      data={languages.map((value) => ({ value, label: ownNames[value] }))}
      onChange={(event) => {
        const chosen = toLanguage(event.currentTarget.value);
        if (chosen) setLanguage(chosen);
      }}
    />
  );
}
