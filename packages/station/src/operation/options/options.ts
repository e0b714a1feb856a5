/** All options of a station. Flags, environment, configuration file, help and documentation come from here. */
import { DEFAULT_LISTENER_LIMITS as LISTENER } from '../../link/listener-limits.ts';
import { DEFAULT_STATION_LIMITS as STATION } from '../../station/station-limits.ts';
import { bytes, choice, folder, list, path, textKind, wholeNumber, type Kind } from './kinds.ts';
import {
  address,
  connectOrigin,
  host,
  names,
  neighbors,
  pageUrl,
  port,
  stationName,
  url,
  webOrigin,
  webSource,
} from './network-kinds.ts';

/** Where a value may come from. */
export type Source = 'flag' | 'environment' | 'file';

/** An option. Its name is that of the flag, and that in a configuration file. */
export interface OptionDefinition<T, D> {
  readonly kind: Kind<T>;
  /** What a number counts. */
  readonly unit?: string;
  readonly fallback: D;
  /** What it is for. */
  readonly about: string;
  /** Whether nobody should see its value. */
  readonly isSecret?: boolean;
  /** All of them, if not given. */
  readonly sources?: readonly Source[];
}

interface Rest {
  readonly unit?: string;
  readonly isSecret?: boolean;
  readonly sources?: readonly Source[];
}

function option<T>(kind: Kind<T>, fallback: T, about: string, rest: Rest = {}): OptionDefinition<T, T> {
  return { kind, fallback, about, ...rest };
}

function optional<T>(kind: Kind<T>, about: string, rest: Rest = {}): OptionDefinition<T, undefined> {
  return { kind, fallback: undefined, about, ...rest };
}

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** The options, in the order of the help. */
export const OPTIONS = {
  host: option(host, '127.0.0.1', 'where it listens for clients; 0.0.0.0 or :: for those of other machines too'),
  port: option(port, 9394, 'the port for clients, of TCP and WebSocket alike; 0 for any that is free'),
  'public-host': optional(host, 'how clients reach it from outside: goes into its visa; that of `host`, if not given'),
  'public-port': optional(wholeNumber('port', 1, 65_535), 'the port to it; that of `port`, if not given'),
  'public-url': optional(
    pageUrl,
    'where browsers find it from outside: goes into the addresses of files; what a request says, if not given',
  ),
  data: option(folder, './dimstation', 'the folder with all that it keeps'),
  name: option(stationName, 'dimstation', 'its name; a part of its ID from the first start on'),
  passphrase: optional(textKind('text', 'a text that is not empty'), 'the passphrase of its identity on the disk', {
    isSecret: true,
    sources: ['environment'],
  }),
  'passphrase-file': optional(path, 'a file with the passphrase of its identity in the first line'),
  'tls-key': optional(path, 'the private key for TLS, in PEM'),
  'tls-cert': optional(path, 'the certificate for TLS, in PEM, with those between it and an authority'),
  proxies: option(
    list(address, 'addresses as 10.0.0.1,::1, or ["10.0.0.1", "::1"] in a file'),
    [],
    'proxies that are believed where a client is',
  ),
  neighbors: option(neighbors, [], 'other stations that it is connected with'),
  names: option(names, new Map(), 'names that clients may write to, and whom they stand for'),
  'mailbox-messages': option(
    wholeNumber('count', 1, 10_000_000),
    STATION.mailboxMessages,
    'how much may wait for one user',
    {
      unit: 'messages',
    },
  ),
  'mailbox-bytes': option(bytes(MIB, 1024 * GIB), STATION.mailboxBytes, 'how much may wait for one user', {
    unit: 'bytes',
  }),
  'mailbox-sender-percent': option(
    wholeNumber('percent', 1, 10_000),
    STATION.mailboxSenderPercent,
    'how much one sender may have waiting for one user, of what is free there: with 100, one alone fills half',
    { unit: 'percent' },
  ),
  'mailbox-total-bytes': option(bytes(MIB, 1024 * GIB), STATION.mailboxTotalBytes, 'how much may wait for all users', {
    unit: 'bytes',
  }),
  'keep-days': option(wholeNumber('days', 1, 3650), STATION.daysKept, 'how long a message waits, and a file is kept', {
    unit: 'days',
  }),
  users: option(
    wholeNumber('count', 1, 100_000_000),
    STATION.users,
    'users who have logged in, and are remembered: where there are as many, nobody new is let in',
    { unit: 'users' },
  ),
  'user-days': option(
    wholeNumber('days', 1, 3650),
    STATION.userDays,
    'after how long a user who was not here, and for whom nothing waits, may be forgotten for new ones',
    { unit: 'days' },
  ),
  connections: option(wholeNumber('count', 1, 1_000_000), LISTENER.connections, 'connections in all', {
    unit: 'connections',
  }),
  'connections-per-address': option(
    wholeNumber('count', 1, 1_000_000),
    LISTENER.connectionsPerAddress,
    'connections from one address',
    {
      unit: 'connections',
    },
  ),
  'payload-bytes': option(bytes(64 * KIB, 64 * MIB), LISTENER.payloadBytes, 'the largest message that it takes', {
    unit: 'bytes',
  }),
  'outgoing-bytes': option(
    bytes(16 * MIB, 1024 * GIB),
    LISTENER.outgoingBytes,
    'how much may be on its way to all clients at once: connections of those with the most of it end first',
    {
      unit: 'bytes',
    },
  ),
  'messages-per-second': option(
    wholeNumber('count', 1, 100_000),
    LISTENER.payloadsPerSecond,
    'messages that one connection may send in the long run: what comes faster is read later',
    {
      unit: 'messages a second',
    },
  ),
  web: optional(folder, 'a folder with a chat for browsers, which the port for clients gives them'),
  'web-connect': option(
    list(webSource, 'addresses as https://files.example,wss://chat.example, or a list of them in a file'),
    [],
    'other addresses that the chat may connect to',
  ),
  'files-total-bytes': optional(
    bytes(0, 1024 * GIB),
    'how much all files may have that it keeps for clients, encrypted; 0 for none; 1GiB with `web`, none without, if not given',
    { unit: 'bytes' },
  ),
  'file-bytes': option(bytes(64 * KIB, 4 * GIB), 64 * MIB, 'the largest file that it takes', { unit: 'bytes' }),
  'upload-origins': option(
    list(webOrigin, 'addresses as https://chat.example, or a list of them in a file'),
    [],
    'other addresses whose pages may upload files',
  ),
  'connect-origins': optional(
    list(connectOrigin, 'addresses as https://chat.example, or * for all, or a list of them in a file'),
    'other addresses whose pages may connect; if not given, none, or any where there is no `web` and it is not for this machine alone',
  ),
  'push-url': optional(url, 'is told for whom something waits, by POST', { isSecret: true }),
  'push-secret': optional(
    textKind('text', 'a text of 16 characters or more', (text) => text.length >= 16),
    'what it knows the station by',
    {
      isSecret: true,
      sources: ['environment'],
    },
  ),
  'push-secret-file': optional(path, 'a file with that in the first line'),
  'grace-seconds': option(wholeNumber('seconds', 0, 3600), 10, 'how long clients may finish when it ends', {
    unit: 'seconds',
  }),
  'admin-host': option(host, '127.0.0.1', 'where it listens for health, metrics and administration'),
  'admin-port': option(port, 9395, 'the port of that; 0 for none'),
  'admin-socket': optional(path, 'a Unix socket for that, in place of the port'),
  'log-level': option(choice('debug', 'info', 'warn', 'error', 'silent'), 'info', 'what is logged, and what is worse'),
  'log-format': option(choice('auto', 'pretty', 'json'), 'auto', 'auto: pretty on a terminal, else json'),
} as const;

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

type ValueOf<O> = O extends OptionDefinition<infer T, infer D> ? T | D : never;

/** The values of all options. Paths are absolute. */
export type Settings = { readonly [name in OptionName]: ValueOf<(typeof OPTIONS)[name]> };

/** The names, in the order of the help. */
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** What any option is. */
export function definitionOf(name: OptionName): OptionDefinition<unknown, unknown> {
  // Whoever reads with a kind shows with the same one.
  return OPTIONS[name];
}

/** Whether a value may come from there. */
export function comesFrom(name: OptionName, source: Source): boolean {
  return definitionOf(name).sources?.includes(source) ?? true;
}

/** The variable of an option in the environment. */
export function variableOf(name: string): string {
  return `${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`;
}

/** What all variables begin with. */
export const PREFIX = 'DIM_STATION_';

/** The flag of an option. */
export function flagOf(name: string): string {
  return `--${name}`;
}
