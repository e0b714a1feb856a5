/** What a page does that nobody asked it for: requests to others, dialogs, and what a policy forbids. */
import type { BrowserContext } from 'playwright-core';

/** Watches all pages of a profile. @returns what was seen so far */
export function watch(context: BrowserContext, own: string): () => readonly string[] {
  const seen: string[] = [];
  const { origin } = new URL(own);
  context.on('request', (request) => {
    const url = new URL(request.url());
    // A picture that was decrypted here has an address in this browser alone.
    if (url.origin !== origin && url.protocol !== 'data:') seen.push(`asked for ${request.url().slice(0, 200)}`);
  });
  context.on('dialog', (dialog) => {
    seen.push(`said ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', () => seen.push('opened another page'));
  return () => seen;
}
