/** Which version of dim-cli this is. */
import { createRequire } from 'node:module';

/** As in package.json, from wherever this file was bundled to. */
export function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('dim-cli/package.json') as { readonly version: string };
  return version;
}
