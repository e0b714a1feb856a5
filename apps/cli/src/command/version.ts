/** Which version of dim-cli this is. */
import { createRequire } from 'node:module';

/** Written in by the bundler: to read package.json takes a tenth of the start. */
declare const BUNDLED_VERSION: string | undefined;

/** As in package.json. */
export function ownVersion(): string {
  if (typeof BUNDLED_VERSION === 'string') return BUNDLED_VERSION;
  const { version } = createRequire(import.meta.url)('dim-cli/package.json') as { readonly version: string };
  return version;
}
