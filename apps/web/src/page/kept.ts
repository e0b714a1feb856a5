/** Whether the browser promises to keep what is stored here, also when the disk gets full. */
import { signal } from '@preact/signals';

/** Undefined: it was not asked, or does not say. */
export const isKept = signal<boolean | undefined>(undefined);

/** What it said before. */
export async function lookWhetherKept(): Promise<void> {
  isKept.value = await globalThis.navigator?.storage?.persisted?.().catch(() => undefined);
}

/** Asks for it: at a click, when there is something to keep, as some browsers then ask the person. */
export async function askToKeep(): Promise<void> {
  isKept.value = await globalThis.navigator?.storage?.persist?.().catch(() => undefined);
}
