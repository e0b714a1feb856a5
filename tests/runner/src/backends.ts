/** The backends by the names that the command line has for them. */
import { nativeBackend, nativeModernBackend } from 'dimplugins/backends/native';
import { portableBackend, portableModernBackend } from 'dimplugins/backends/portable';
import type { BackendName } from './backend-names.ts';
import { choose } from './dim.ts';

const BACKENDS = {
  native: [nativeBackend, nativeModernBackend],
  portable: [portableBackend, portableModernBackend],
} as const satisfies Readonly<Record<BackendName, Parameters<typeof choose>>>;

/** Lets the suites run on the backend of a name; without one, on the platform's own. */
export function useBackend(name: BackendName | undefined): void {
  if (name !== undefined) choose(...BACKENDS[name]);
}
