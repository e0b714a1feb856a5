/** What has to be written down before a page goes: drafts. */
type Save = () => unknown;

const saves = new Set<Save>();

/** Calls `save` before the page is loaded anew, and when it is hidden or closed. @returns what ends it */
export function beforeLeaving(save: Save): () => void {
  saves.add(save);
  return () => void saves.delete(save);
}

/** Waits until all is written, but not forever: what cannot be written must not hold up everything. */
export async function saveBeforeLeaving(wait: Promise<unknown>): Promise<void> {
  const written = [...saves].map(async (save) => save());
  await Promise.race([Promise.allSettled(written), wait]);
}

/** Browsers tell that a page is hidden, and not always that it ends. */
export function saveWhenHidden(): void {
  const saveAll = () => {
    for (const save of saves) save();
  };
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saveAll());
  globalThis.addEventListener('pagehide', saveAll);
}
