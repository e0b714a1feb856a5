/** The visa that a station shows: signed anew at each start, with where it is. */
import { isIP } from 'node:net';
import { DimError, type User } from 'dimp';
import type { Settings } from '../options/options.ts';

/** What a visa says of the settings. */
export type VisaSettings = Pick<Settings, 'name' | 'host' | 'port' | 'public-host' | 'public-port'>;

/** Addresses of all interfaces: nobody connects to them. */
const ALL_INTERFACES: ReadonlySet<string> = new Set(['0.0.0.0', '::', '0:0:0:0:0:0:0:0']);

/**
 * The user with a visa of today. Clients believe the newest; its keys stay.
 * @param time seconds since 1970
 */
export async function withVisaOf(user: User, settings: VisaSettings, time: number): Promise<User> {
  const [visa] = user.visas;
  if (visa === undefined) throw new DimError('USAGE_ARGUMENT', 'must have a visa', { path: 'user.visas' });
  const { host, port } = publicAddress(settings);
  const signed = await visa.with({ name: settings.name, host, port }).sign(user.keys.identity, {
    // A clock that was put back does not make it older than the first.
    time: Math.max(time, visa.time ?? 0),
  });
  return { ...user, visas: [signed] };
}

/** Where clients of outside find the station, as far as that is known. */
export function publicAddress(settings: Omit<VisaSettings, 'name'>): {
  host: string | undefined;
  port: number | undefined;
} {
  const host = settings['public-host'] ?? (ALL_INTERFACES.has(settings.host) ? undefined : settings.host);
  const port = settings['public-port'] ?? (settings.port === 0 ? undefined : settings.port);
  return { host, port };
}

/** A host as it stands in an address. */
export function hostInUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
