/** What keys do, wherever the focus is. All of them need Ctrl, Cmd or Alt, so that no letter that is typed is one. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TextName } from '../language/language.ts';

export interface Shortcut {
  /** `mod+shift+l`: `mod` is Cmd on machines of Apple, Ctrl on others; `alt+arrowup`. */
  readonly keys: string;
  /** What it does, for the list of them. */
  readonly does: TextName;
  readonly act: () => unknown;
}

/** Those that work now. */
export const shortcuts = signal<readonly Shortcut[]>([]);

const IS_APPLE = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? '');

/** A shortcut, as long as the view that it belongs to is shown. */
export function useShortcut(keys: string, does: TextName, act: () => unknown): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const shortcut: Shortcut = { keys, does, act: () => newest.current() };
    shortcuts.value = [...shortcuts.value, shortcut];
    return () => void (shortcuts.value = shortcuts.value.filter((other) => other !== shortcut));
  }, [keys, does]);
}

/** Listens, once for a page. */
export function listenForShortcuts(): void {
  globalThis.addEventListener('keydown', (event) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return;
    // What is behind a dialog does nothing.
    if (document.querySelector('dialog[open]') !== null) return;
    const pressed = keysOf(event);
    // The one that came last: a view has its own for the same keys.
    const found = shortcuts.value.filter(({ keys }) => keys === pressed).at(-1);
    if (found === undefined) return;
    event.preventDefault();
    found.act();
  });
}

export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const isModified = IS_APPLE ? event.metaKey : event.ctrlKey;
  const parts = [isModified && 'mod', event.altKey && 'alt', event.shiftKey && 'shift', event.key.toLowerCase()];
  return parts.filter(Boolean).join('+');
}

/** As it stands on the keys. */
export function keysText(keys: string): string {
  const names: Readonly<Record<string, string>> = {
    mod: IS_APPLE ? '⌘' : 'Ctrl',
    alt: IS_APPLE ? '⌥' : 'Alt',
    shift: IS_APPLE ? '⇧' : 'Shift',
    arrowup: '↑',
    arrowdown: '↓',
  };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join(IS_APPLE ? ' ' : ' + ');
}
