/** Commands that ask a station that runs on this machine. */
import { resolve } from 'node:path';
import { isDimError, type JsonMap, type JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { printable } from 'dimp/internal';
import { askStation, type AdminClientOptions } from '../admin/admin-client.ts';
import { adminPlace } from '../admin/admin-place.ts';
import type { AdminPlace } from '../admin/serve-admin.ts';
import { readToken } from '../admin/admin-token.ts';
import { dataFolderAt } from '../identity/data-folder.ts';
import type { Configuration } from '../options/configure.ts';
import { wrong } from '../options/wrong.ts';
import { flagOf, type OptionName } from '../options/options.ts';
import { EXIT, type CommandContext } from './command-context.ts';
import { printableJson, tellFailure } from './tell-failure.ts';
import { table, timeText } from './tables.ts';

/** How a command prints. */
export interface ClientOptions {
  readonly json: boolean;
  /** Rows of a list. */
  readonly limit?: string | undefined;
}

/** What a command is run with. */
export interface ClientCall {
  readonly context: CommandContext;
  readonly configuration: Configuration;
  readonly options: ClientOptions;
}

/** A list, and its columns. */
interface Listing {
  readonly name: string;
  readonly head: readonly string[];
  readonly row: (entry: JsonMap) => readonly string[];
  readonly empty: string;
}

const LISTINGS = {
  users: {
    name: 'users',
    head: ['USER', 'NAME', 'SESSIONS', 'CHANGED', 'BLOCKED'],
    row: (entry) => [
      cell(entry['id']),
      cell(entry['name']),
      cell(entry['sessions']),
      timeText(entry['changedAt']),
      entry['isBlocked'] === true ? 'yes' : '-',
    ],
    empty: 'Nobody is known yet.',
  },
  sessions: {
    name: 'sessions',
    head: ['USER', 'TERMINAL', 'BY', 'FROM', 'SINCE'],
    row: (entry) => [
      cell(entry['user']),
      cell(entry['terminal']),
      cell(entry['framing']),
      `${cell(entry['host'])} ${cell(entry['port'])}`,
      timeText(entry['since']),
    ],
    empty: 'Nobody is logged in.',
  },
  queues: {
    name: 'queues',
    head: ['USER', 'TERMINAL', 'MESSAGES', 'BYTES', 'OLDEST'],
    row: (entry) => [
      cell(entry['user']),
      cell(entry['terminal']),
      cell(entry['messages']),
      cell(entry['bytes']),
      timeText(entry['oldestAt']),
    ],
    empty: 'Nothing waits.',
  },
  blocked: {
    name: 'blocked',
    head: ['USER', 'SINCE'],
    row: (entry) => [cell(entry['user']), timeText(entry['since'])],
    empty: 'Nobody is blocked.',
  },
} as const satisfies Readonly<Record<string, Listing>>;

/** The name of a list. */
export type ListingName = keyof typeof LISTINGS;

/** `dimstation users`, `sessions`, `queues`, `blocked`. @returns the exit code */
export async function listCommand(call: ClientCall, which: ListingName): Promise<number> {
  const { name, head, row, empty }: Listing = LISTINGS[which];
  const { limit } = call.options;
  const query = limit === undefined ? '' : `?limit=${encodeURIComponent(limit)}`;
  return ask(call, `/${name}${query}`, undefined, async (answer) => {
    const entries = entriesOf(answer[name]);
    return entries.length === 0 ? `${empty}\n` : table(head, entries.map(row));
  });
}

/** `dimstation status`. @returns the exit code: 1 where it answers, and is not well */
export async function statusCommand(call: ClientCall): Promise<number> {
  let isWell = false;
  const code = await ask(call, '/status', undefined, async (answer) => {
    isWell = answer['status'] === 'ok';
    const mailbox = isJsonMap(answer['mailbox']) ? answer['mailbox'] : {};
    const files = isJsonMap(answer['files']) ? answer['files'] : {};
    return table(
      ['STATUS', cell(answer['status'])],
      [
        ['id', cell(answer['id'])],
        ['version', cell(answer['version'])],
        ['started', timeText(answer['startedAt'])],
        ['clients', listText(answer['addresses'])],
        ...entriesOf(answer['neighbors']).map((neighbor) => ['neighbor', neighborText(neighbor)]),
        ...['connections', 'sessions', 'users'].map((name) => [name, cell(answer[name])]),
        ...['messages', 'bytes', 'boxes'].map((name) => [`waiting ${name}`, cell(mailbox[name])]),
        ['files', cell(files['files'])],
        ['files bytes', cell(files['bytes'])],
      ],
    );
  });
  return code === EXIT.done && !isWell ? EXIT.failed : code;
}

/** `dimstation block`, `unblock`. @returns the exit code */
export async function blockCommand(call: ClientCall, how: 'block' | 'unblock', id: string): Promise<number> {
  return ask(call, `/${how}`, { id }, async (answer) => {
    const isNew = answer['changed'] === true;
    const said = how === 'block' ? BLOCKED[isNew ? 'new' : 'old'] : UNBLOCKED[isNew ? 'new' : 'old'];
    return `${printable(id)} ${said}.\n`;
  });
}

const BLOCKED = { new: 'is blocked now', old: 'is blocked already' };
const UNBLOCKED = { new: 'is not blocked any more', old: 'was not blocked' };

/** `dimstation backup`. @returns the exit code */
export async function backupCommand(call: ClientCall, file: string): Promise<number> {
  const path = resolve(call.context.folder, file);
  const identity = dataFolderAt(call.configuration.settings.data).identity;
  return ask(
    call,
    '/backup',
    { file: path },
    async () =>
      `${printable(path)} has a copy of the database.\nThe identity is not in it: keep a copy of ${printable(identity)} too.\n`,
  );
}

async function ask(
  { context, configuration, options }: ClientCall,
  path: string,
  body: JsonMap | undefined,
  text: (answer: JsonMap) => Promise<string>,
): Promise<number> {
  try {
    const answer = await askStation(clientOptions(configuration), path, body);
    const forPeople = await text(answer);
    context.stdout.write(options.json ? `${printableJson(answer)}\n` : forPeople);
    return EXIT.done;
  } catch (error) {
    if (!isDimError(error) || error.code !== 'CONNECTION_FAILED') throw error;
    tellFailure(context, error);
    return EXIT.notRunning;
  }
}

function clientOptions({ settings, origins }: Configuration): AdminClientOptions {
  const place = adminPlace(settings);
  if (place === undefined) throw wrong('admin-port is 0: a station without an admin port cannot be asked');
  return { place, token: readToken(dataFolderAt(settings.data).token), placeFrom: placeFrom(place, origins) };
}

/** Which options say where a station is asked, and where these are from. */
function placeFrom(place: AdminPlace, origins: Configuration['origins']): string {
  const of = (name: OptionName): string => {
    const origin = origins[name];
    if (origin.startsWith('flag ')) return flagOf(name);
    return `${flagOf(name)} (${origin === 'default' ? 'not given' : `from ${printable(origin)}`})`;
  };
  if ('socket' in place) return `${of('admin-socket')} says where`;
  return `${of('admin-host')} and ${of('admin-port')} say where`;
}

function neighborText(entry: JsonMap): string {
  const { id, isConnected, problem } = entry;
  const state = isConnected === true ? 'is there' : 'is away';
  return typeof problem === 'string' ? `${state}: ${cell(id)} (${problem})` : `${state}: ${cell(id)}`;
}

function entriesOf(value: JsonValue | undefined): readonly JsonMap[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter((entry) => isJsonMap(entry)) : [];
}

function cell(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) || '-' : '-';
}

function listText(value: JsonValue | undefined): string {
  return Array.isArray(value) ? (value as readonly JsonValue[]).map((entry) => cell(entry)).join('  ') : '-';
}
