/** The words of the page, in the language of the person. */
import { signal } from '@preact/signals';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

/** Each text by its name; `{name}` in it is filled. The English ones say which there are. */
export type Texts = { readonly [name in keyof typeof en]: string };
export type TextName = keyof Texts;

export const LANGUAGES = { en, zh } as const satisfies Readonly<Record<string, Texts>>;
export type Language = keyof typeof LANGUAGES;

/** The first of the browser's languages that is here. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [name = ''] = tag.toLowerCase().split('-');
    if (Object.hasOwn(LANGUAGES, name)) return name as Language;
  }
  return 'en';
}

/** The language that is used. */
export const language = signal<Language>(languageOf(globalThis.navigator?.languages ?? []));

/** A text; what is filled in stays text. */
export function t(name: TextName, parts: Readonly<Record<string, string | number>> = {}): string {
  return LANGUAGES[language.value][name].replace(/\{(\w{1,40})\}/g, (whole, part: string) =>
    String(parts[part] ?? whole),
  );
}
