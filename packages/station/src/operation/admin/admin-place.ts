/** Where the admin port is, by the settings. */
import type { Settings } from '../options/options.ts';
import type { AdminPlace } from './serve-admin.ts';

/** Undefined where there is none. */
export function adminPlace(
  settings: Pick<Settings, 'admin-host' | 'admin-port' | 'admin-socket'>,
): AdminPlace | undefined {
  const { 'admin-host': host, 'admin-port': port, 'admin-socket': socket } = settings;
  if (socket !== undefined) return { socket };
  return port === 0 ? undefined : { host, port };
}
