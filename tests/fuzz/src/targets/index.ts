/** The targets by name. Each is loaded when it is asked for: coverage must be on before what it tests is loaded. */
import type { Target } from '../target.ts';

type Load = () => Promise<{ readonly target: Target }>;

export const targets: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['packages', async () => import('./packages.ts')],
  ['contents', async () => import('./contents.ts')],
  ['identities', async () => import('./identities.ts')],
  ['keys', async () => import('./keys.ts')],
  ['codecs', async () => import('./codecs.ts')],
  ['files', async () => import('./files.ts')],
  ['messages', async () => import('./messages.ts')],
  ['trust', async () => import('./trust.ts')],
  ['frames', async () => import('./frames.ts')],
  ['replays', async () => import('./replays.ts')],
]);
