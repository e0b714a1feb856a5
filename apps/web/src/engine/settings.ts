/** What the person chose, and what the server of this page says for all others. */
import { DimError } from 'dimp';
import type { ClientStore, Fetch, StationAddress } from 'dimsdk';
import type { SettingsView } from '../protocol/views.ts';
import { keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim } from './dim.ts';

/** `config.json` beside the page: absent where a server of mere files has it. */
export interface ServerConfig {
  readonly station: string | undefined;
  /** The ID of that station, so that no other one is believed at its address. */
  readonly id: string | undefined;
  readonly files: string | undefined;
}

const NOTHING: ServerConfig = { station: undefined, id: undefined, files: undefined };
const KEY = 'settings';
const RECEIPTS: readonly SettingsView['receipts'][] = ['all', 'contacts', 'none'];
const MAX_CONFIG = 64 * 1024;

/** Reads `config.json`. What cannot be had or read is nothing: the person can say where the station is. */
export async function readConfig(fetch: Fetch, page: string): Promise<ServerConfig> {
  try {
    const response = await fetch(new URL('config.json', page), { cache: 'no-cache', redirect: 'error' });
    if (!response.ok) return NOTHING;
    const text = (await response.text()).slice(0, MAX_CONFIG);
    const fields = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const textOf = (name: string): string | undefined =>
      typeof fields?.[name] === 'string' && fields[name] !== '' ? fields[name] : undefined;
    return {
      station: resolved(textOf('station'), page)?.replace(/^http/, 'ws'),
      id: textOf('id'),
      files: resolved(textOf('files'), page),
    };
  } catch {
    return NOTHING;
  }
}

/** As a page sees it: a server need not know its own name. The place of the ID stays as it is written. */
function resolved(address: string | undefined, page: string): string | undefined {
  return address === undefined || !URL.canParse(address, page)
    ? undefined
    : new URL(address, page).href.replaceAll('%7BID%7D', '{ID}');
}

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
