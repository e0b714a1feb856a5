/** What the person chose for this browser: nothing secret, and wanted before the engine has said anything. */
import { effect, signal } from '@preact/signals';
import { language, LANGUAGES, languageOf, type Language } from '../language/language.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = signal<Theme>('system');
/** Undefined: that of the browser. */
export const chosenLanguage = signal<Language | undefined>(undefined);

const PLACE = { theme: 'dim-web.theme', language: 'dim-web.language' } as const;

/** Takes what was chosen, and keeps what will be. */
export function useChoices(root: HTMLElement = document.documentElement): void {
  read();
  // Another page of this browser chose something.
  globalThis.addEventListener('storage', read);
  effect(() => {
    if (theme.value === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme.value;
    keep(PLACE.theme, theme.value === 'system' ? undefined : theme.value);
  });
  effect(() => {
    language.value = chosenLanguage.value ?? languageOf(navigator.languages);
    root.lang = language.value === 'zh' ? 'zh-Hans' : language.value;
    root.dir = 'ltr';
    keep(PLACE.language, chosenLanguage.value);
  });
}

function read(): void {
  const kept = (place: string) => {
    try {
      return localStorage.getItem(place);
    } catch {
      return null;
    }
  };
  theme.value = THEMES.find((one) => one === kept(PLACE.theme)) ?? 'system';
  const name = kept(PLACE.language);
  chosenLanguage.value = name !== null && Object.hasOwn(LANGUAGES, name) ? (name as Language) : undefined;
}

function keep(place: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(place);
    else localStorage.setItem(place, value);
  } catch {
    // Without storage it is chosen anew each time.
  }
}
