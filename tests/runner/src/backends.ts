/** The backends by the names that the command line has for them. */
import { nativeBackend, nativeModernBackend } from 'dimplugins/backends/native';
import { portableBackend, portableModernBackend } from 'dimplugins/backends/portable';
import { choose } from './dim.ts';
import { entryNamed } from './options.ts';

const BACKENDS = new Map([
  ['native', [nativeBackend, nativeModernBackend] as const],
  ['portable', [portableBackend, portableModernBackend] as const],
]);

/**
 * Lets the suites run on the backend of a name; without one, on the platform's own.
 * @throws UsageError when there is no such backend
 */
export function useBackend(name: string | undefined): void {
  if (name !== undefined) choose(...entryNamed(BACKENDS, name, 'backend'));
}
