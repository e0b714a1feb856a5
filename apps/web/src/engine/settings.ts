/** What the person chose, and what the server of this page says for all others. */
import { DimError } from 'dimp';
import type { ClientStore, StationAddress } from 'dimsdk';
import type { SettingsView } from '../protocol/views.ts';
import { keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim } from './dim.ts';
import type { ServerConfig } from './server-config.ts';

const KEY = 'settings';
const RECEIPTS: readonly SettingsView['receipts'][] = ['all', 'contacts', 'none'];

/** What holds: what was chosen, else what the server says. What the server says and is none is left out. */
export async function readSettings(store: ClientStore, config: ServerConfig): Promise<SettingsView> {
  const chosen = await rowOf(store, 'app-setting', KEY);
  const receipts = textIn(chosen, 'receipts');
  return {
    station: textIn(chosen, 'station') ?? ifRight(config.station, checkStation),
    files: textIn(chosen, 'files') ?? ifRight(config.files, checkFiles),
    receipts: RECEIPTS.find((one) => one === receipts) ?? 'all',
  };
}

/** Keeps what was chosen; undefined is what the server says. @throws DimError `INPUT_FORMAT` at the name of the setting */
export async function changeSettings(store: ClientStore, change: Partial<SettingsView>): Promise<void> {
  if (change.station !== undefined) checkStation(change.station);
  if (change.files !== undefined) checkFiles(change.files);
  if (change.receipts !== undefined && !RECEIPTS.includes(change.receipts))
    throw new DimError('INPUT_FORMAT', `must be one of ${RECEIPTS.join(', ')}`, { path: 'receipts' });
  const before = (await rowOf(store, 'app-setting', KEY)) ?? {};
  const entries = Object.entries({ ...before, ...change }).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  await keep(store, putRow('app-setting', KEY, Object.fromEntries(entries)));
}

/** Where to connect to; undefined where nobody has said. */
export function stationOf({ station }: SettingsView, config: ServerConfig): StationAddress | undefined {
  if (station === undefined) return undefined;
  const { hostname, port, protocol, pathname, search } = checkStation(station);
  const isSecure = protocol === 'wss:';
  const path = pathname + search;
  const id = station === config.station ? dim.ID.tryParse(config.id ?? '') : undefined;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    secure: isSecure,
    ...(path !== '/' && { path }),
    ...(id !== undefined && { id }),
  };
}

/** @throws DimError `INPUT_FORMAT` at `station` */
function checkStation(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight = url?.protocol === 'ws:' || url?.protocol === 'wss:';
  if (url !== undefined && isRight && url.hostname !== '' && url.username === '' && url.port !== '0') return url;
  throw new DimError('INPUT_FORMAT', 'must be a URL with ws or wss', { path: 'station' });
}

/** @throws DimError `INPUT_FORMAT` at `files` */
function checkFiles(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight = url?.protocol === 'http:' || url?.protocol === 'https:';
  // `httpFileService` fills in the ID; what takes a secret is no service for a page that everybody can read.
  if (url !== undefined && isRight && url.username === '' && !/\{(?!ID\})/.test(text)) return url;
  throw new DimError('INPUT_FORMAT', 'must be a URL with http or https, and {ID} where the ID belongs', {
    path: 'files',
  });
}

function ifRight(text: string | undefined, check: (text: string) => unknown): string | undefined {
  try {
    if (text !== undefined) check(text);
    return text;
  } catch {
    return undefined;
  }
}
