/** What a screen reader says, and nobody sees: one place for the page, as two would speak at once. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';

const words = signal('');

/** Says it when there is time. */
export function sayAloud(text: string): void {
  // The same words twice would be no change, and not said.
  words.value = words.value === text ? `${text}\u00a0` : text;
}

export function SaidAloud(): JSX.Element {
  return (
    <p class="unseen" role="status">
      {words.value}
    </p>
  );
}
