/** Colors and language. */
import { LANGUAGES, t, type Language, type TextName } from '../../language/language.ts';
import { chosenLanguage, theme, THEMES, type Theme } from '../../page/choices.ts';
import { OneOf } from '../parts/field.tsx';
import { LANGUAGE_NAMES } from '../start/language-names.ts';
import { Section } from './section.tsx';

const THEME_NAMES = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
} as const satisfies Readonly<Record<Theme, TextName>>;

export function Looks() {
  const languages = (Object.keys(LANGUAGES) as Language[]).map((value) => ({
    value,
    label: LANGUAGE_NAMES[value],
    lang: value,
  }));
  return (
    <Section title={t('look_')}>
      <OneOf<Theme>
        label={t('theme')}
        options={THEMES.map((value) => ({ value, label: t(THEME_NAMES[value]) }))}
        value={theme.value}
        onChange={(value) => (theme.value = value)}
      />
      <OneOf<Language | 'browser'>
        label={t('language')}
        options={[{ value: 'browser', label: t('languageOfBrowser') }, ...languages]}
        value={chosenLanguage.value ?? 'browser'}
        onChange={(value) => (chosenLanguage.value = value === 'browser' ? undefined : value)}
      />
    </Section>
  );
}
