/** Whether there is room for two columns. */
import { signal } from '@preact/signals';

const query = globalThis.matchMedia?.('(min-width: 50rem)');

export const isWide = signal(query?.matches ?? true);

query?.addEventListener('change', ({ matches }) => (isWide.value = matches));
