/** What leaves the page because the person wants it: to the clipboard, to a file, to another application. */
import { t } from '../../language/language.ts';
import { attempt, say } from './toast.tsx';

export async function copy(text: string): Promise<void> {
  await attempt(async () => {
    await navigator.clipboard.writeText(text);
    say(t('copied'));
  });
}

/** Browsers read a blob a while after the click. */
const KEPT_MS = 60_000;

export function saveAs(blob: Blob, filename: string): void {
  const href = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href, download: filename });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}

export const canShare = typeof globalThis.navigator?.share === 'function';

export async function share(url: string): Promise<void> {
  try {
    await navigator.share({ url });
  } catch (error) {
    // The person thought better of it.
    if (!(error instanceof DOMException) || error.name !== 'AbortError') await copy(url);
  }
}
