/** Emoji to choose from: a grid that arrows go through. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import { findEmoji } from './emoji.ts';

interface PickerParts {
  readonly onChoose: (emoji: string) => void;
  readonly onClose: () => void;
}

export function EmojiPicker({ onChoose, onClose }: PickerParts): JSX.Element {
  const [wanted, setWanted] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const groups = findEmoji(wanted);
  useEffect(() => input.current?.focus(), []);
  const press = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
      return;
    }
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to = indexAfter(event.key, at, buttons);
    if (to === undefined || (at === -1 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    buttons[to]?.focus();
  };
  return (
    <div ref={root} class="emoji-picker" role="group" aria-label={t('emoji')} onKeyDown={press}>
      <input
        ref={input}
        class="input"
        type="search"
        aria-label={t('searchEmoji')}
        placeholder={t('searchEmoji')}
        value={wanted}
        onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        onKeyDown={(event) => {
          // Enter would send the message.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <div class="emoji-groups">
        {groups.length === 0 && <p class="hint">{t('noEmoji')}</p>}
        {groups.map(({ name, emoji }) => (
          <section key={name.en} aria-label={name[language.value]}>
            <h2>{name[language.value]}</h2>
            <div class="emoji-grid">
              {emoji.map(([sign, words]) => (
                <button key={sign} type="button" tabIndex={-1} title={words} onClick={() => onChoose(sign)}>
                  {sign}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

/** The button that an arrow leads to: up and down by what stands above each other. */
function indexAfter(key: string, at: number, buttons: readonly HTMLElement[]): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'ArrowRight') return Math.min(buttons.length - 1, at + 1);
  if (key === 'ArrowDown' && at === -1) return 0;
  const here = buttons[at];
  if (here === undefined || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  const step = key === 'ArrowDown' ? 1 : -1;
  for (let next = at + step; next >= 0 && next < buttons.length; next += step) {
    const button = buttons[next];
    if (button === undefined) break;
    const isAlone = Math.abs(button.offsetTop - here.offsetTop) > 4;
    if (isAlone && Math.abs(button.offsetLeft - here.offsetLeft) < here.offsetWidth / 2) return next;
  }
  return undefined;
}
