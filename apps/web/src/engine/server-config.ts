/** What the server of this page says: read at each start, and kept for those without a network. */
import type { ClientStore } from 'dimsdk';
import { keep, putRow, rowOf, textIn } from './app-table.ts';
import type { Platform } from './platform.ts';

/** `config.json` beside the page: absent where a server of mere files has it. */
export interface ServerConfig {
  readonly station: string | undefined;
  /** The ID of that station, so that no other one is believed at its address. */
  readonly id: string | undefined;
  readonly files: string | undefined;
}

export const NOTHING_SAID: ServerConfig = { station: undefined, id: undefined, files: undefined };

const KEY = 'server';
const MAX_LENGTH = 64 * 1024;
/** So long somebody waits who has opened this page for the first time, in seconds. */
const PATIENCE = 5;

/** Asks the server; undefined where it cannot be reached, or says something else. */
export async function askServer({ fetch, page, clock }: Platform): Promise<ServerConfig | undefined> {
  const over = new AbortController();
  const asked = ask(fetch, page, over.signal).finally(() => over.abort());
  const late = clock.wait(PATIENCE, over.signal).then(
    () => over.abort(),
    () => undefined,
  );
  const config = await Promise.race([asked, late.then(async () => (over.signal.aborted ? undefined : asked))]);
  return config ?? undefined;
}

async function ask(fetch: Platform['fetch'], page: string, signal: AbortSignal): Promise<ServerConfig | undefined> {
  try {
    const response = await fetch(new URL('config.json', page), { cache: 'no-cache', redirect: 'error', signal });
    if (response.status === 404) return NOTHING_SAID;
    if (!response.ok) return undefined;
    return readConfig(JSON.parse((await response.text()).slice(0, MAX_LENGTH)), page);
  } catch {
    return undefined;
  }
}

/** What it said last; undefined where it never did. */
export async function keptConfig(store: ClientStore): Promise<ServerConfig | undefined> {
  const row = await rowOf(store, 'app-setting', KEY);
  return row && { station: textIn(row, 'station'), id: textIn(row, 'id'), files: textIn(row, 'files') };
}

export async function keepConfig(store: ClientStore, config: ServerConfig): Promise<void> {
  const before = await keptConfig(store);
  if (before !== undefined && isSame(before, config)) return;
  const entries = Object.entries(config).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  await keep(store, putRow('app-setting', KEY, Object.fromEntries(entries)));
}

export function isSame(one: ServerConfig, other: ServerConfig): boolean {
  return one.station === other.station && one.id === other.id && one.files === other.files;
}

function readConfig(fields: unknown, page: string): ServerConfig | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const all = fields as Readonly<Record<string, unknown>>;
  const textOf = (name: string): string | undefined => {
    const text = all[name];
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
  return {
    station: addressOf(textOf('station'), page)?.replace(/^http/, 'ws'),
    id: textOf('id'),
    files: addressOf(textOf('files'), page),
  };
}

/** As the page sees it: a server need not know its own name. The place of the ID stays as it is written. */
function addressOf(text: string | undefined, page: string): string | undefined {
  if (text === undefined || URL.canParse(text)) return text;
  return URL.canParse(text, page) ? new URL(text, page).href.replaceAll('%7BID%7D', '{ID}') : undefined;
}
