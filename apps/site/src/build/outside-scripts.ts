/**
 * Scripts that VitePress writes into every page, taken out into files: so that the policy of the site lets no script run that is
 * not a file of it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE } from '../project/places.ts';

const INLINE = /<script id="([a-z-]{1,40})">([^<]{1,2000})<\/script>/g;

/** What a browser is told to load from the site alone. Styles in attributes color the code, and move what is dragged. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Icons of the theme are in its styles.
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export class OutsideScripts {
  readonly #scripts = new Map<string, string>();

  /** A page with the addresses of its scripts in their place. @throws Error for a script that stays inside */
  takeOut(html: string): string {
    const page = html.replaceAll(INLINE, (_, id: string, code: string) => {
      this.#scripts.set(id, code);
      return `<script src="${BASE}${id}.js"></script>`;
    });
    if (/<script(?! [^>]{0,200}src=)/.test(page)) throw new Error('a page has a script within it');
    return page;
  }

  write(folder: string): void {
    for (const [id, code] of this.#scripts) writeFileSync(join(folder, `${id}.js`), code);
  }
}
