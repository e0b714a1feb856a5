/** Kinds of values that say where something is, or who. */
import { isIP } from 'node:net';
import { isDimError, type JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { printable } from 'dimp/internal';
import { isBuiltIn } from '../../directory/names.ts';
import { ANY } from '../../web/may-connect.ts';
import { stationDim } from '../dim.ts';
import { list, shown, textKind, wholeNumber, type Kind } from './kinds.ts';

/** Another station, to which messages go whose receivers are there. */
export interface Neighbor {
  readonly host: string;
  readonly port: number;
  /** Who answers there; another one is not believed. */
  readonly id: string;
}

/** Labels of a name in the DNS. */
const HOST_NAME = /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,20}\.?$/;
const HIGHEST_PORT = 65_535;

/** A port, or 0. */
export const port: Kind<number> = wholeNumber('port', 0, HIGHEST_PORT);

/** An address, or a name of the DNS. */
export const host: Kind<string> = textKind(
  'host',
  'an address as 127.0.0.1 or ::1, or a name as station.example',
  isHost,
);

function isHost(text: string): boolean {
  return isIP(text) > 0 || HOST_NAME.test(text);
}

/** An address, and no name. */
export const address: Kind<string> = textKind('address', 'an address as 10.0.0.1', (text) => isIP(text) > 0);

/** A web address. */
export const url: Kind<string> = textKind('url', 'an address as https://push.example/notify', (text) => {
  const read = URL.canParse(text) ? new URL(text) : undefined;
  return read?.protocol === 'https:' || read?.protocol === 'http:';
});

/** Where a page is, and what is below it. */
export const pageUrl: Kind<string> = {
  ...textKind('url', 'an address as https://chat.example/', isPageUrl),
  fromText: (text) => slashed(text),
  fromJson: (value) => (typeof value === 'string' ? slashed(value) : undefined),
};

function slashed(text: string): string | undefined {
  if (!isPageUrl(text)) return undefined;
  const { href } = new URL(text);
  return href.endsWith('/') ? href : `${href}/`;
}

function isPageUrl(text: string): boolean {
  if (!isWritten(text, ['http:', 'https:'])) return false;
  const { search, hash } = new URL(text);
  return search === '' && hash === '';
}

/** Of whom a page is. */
export const webOrigin: Kind<string> = textKind(
  'origin',
  'an address as https://chat.example',
  (text) => isWritten(text, ['http:', 'https:']) && new URL(text).origin === text,
);

/** The same, or all of them. */
export const connectOrigin: Kind<string> = textKind(
  'origin',
  'an address as https://chat.example, or *',
  (text) => text === ANY || webOrigin.fromText(text) !== undefined,
);

/** Whom a page connects to: goes into its policy, so that it must be nothing else. */
export const webSource: Kind<string> = textKind(
  'origin',
  'an address as wss://chat.example',
  (text) => isWritten(text, ['http:', 'https:', 'ws:', 'wss:']) && originOf(text) === text,
);

/** `new URL` has none for WebSockets in each version. */
function originOf(text: string): string {
  const { protocol, host: place } = new URL(text);
  return `${protocol}//${place}`;
}

function isWritten(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return protocols.includes(protocol) && isHost(hostname.replace(/^\[(.*)\]$/, '$1')) && username + password === '';
}

const neighbor: Kind<Neighbor> = {
  placeholder: 'station',
  allowed: 'a station as tcp://host:port#id',
  fromText: (text) => {
    const read = URL.canParse(text) ? new URL(text) : undefined;
    if (read?.protocol !== 'tcp:' || read.pathname !== '' || read.search !== '' || read.username !== '')
      return undefined;
    const id = read.hash.slice(1);
    return checkNeighbor({ host: read.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(read.port), id });
  },
  fromJson: (value) => {
    if (typeof value === 'string') return neighbor.fromText(value);
    if (!isJsonMap(value)) return undefined;
    const { host: name, port: number, id, ...more } = value;
    if (Object.keys(more).length > 0) return undefined;
    return checkNeighbor({ host: name, port: number, id });
  },
  show: (value) => `tcp://${isIP(value.host) === 6 ? `[${value.host}]` : value.host}:${value.port}#${value.id}`,
};

function checkNeighbor(value: { readonly [name in keyof Neighbor]: JsonValue | undefined }): Neighbor | undefined {
  const { host: name, port: number, id } = value;
  if (typeof name !== 'string' || !isHost(name) || typeof id !== 'string' || !isUserId(id)) return undefined;
  if (typeof number !== 'number' || number === 0 || port.fromJson(number) === undefined) return undefined;
  return { host: name, port: number, id };
}

/** Other stations. */
export const neighbors: Kind<readonly Neighbor[]> = list(
  neighbor,
  'stations as tcp://host:port#id, or [{"host", "port", "id"}] in a file',
);

/** Letters, digits, hyphens; a name with an @ would be an ID. */
const NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** Names that stand for IDs. */
export const names: Kind<ReadonlyMap<string, string>> = {
  placeholder: 'name=id,...',
  allowed: 'names as archivist=ID, or {"archivist": "ID"} in a file',
  fromText: readNames,
  fromJson: readNames,
  faultIn: (value) => (entriesOf(value) ?? []).map(nameFault).find((fault) => fault !== undefined),
  show: (value) => [...value].map(([name, id]) => `${name}=${id}`).join(','),
};

type NameEntry = readonly [name: string, id: JsonValue];

function entriesOf(value: JsonValue): readonly NameEntry[] | undefined {
  if (isJsonMap(value)) return Object.entries(value);
  if (typeof value !== 'string') return undefined;
  return value.split(',').map((part) => {
    const [name = '', ...rest] = part.trim().split('=');
    return [name, rest.join('=')];
  });
}

function readNames(value: JsonValue): ReadonlyMap<string, string> | undefined {
  const entries = entriesOf(value);
  if (entries?.some((...place) => nameFault(...place) !== undefined) !== false) return undefined;
  return new Map(entries.flatMap(([name, id]) => (typeof id === 'string' ? [[name, id] as const] : [])));
}

/** What is wrong with one of them. */
function nameFault([name, id]: NameEntry, index: number, all: readonly NameEntry[]): string | undefined {
  const said = printable(name, MAX_NAME);
  if (!NAME.test(name)) return `"${said}" is no name of letters, digits, hyphens, underscores and dots`;
  if (isBuiltIn(name)) return `${said} is there already`;
  if (all.findIndex(([other]) => other === name) !== index) return `${said} stands there twice`;
  if (typeof id !== 'string' || !isId(id)) return `${said} stands for ${shown(id)}, which is no ID`;
  return undefined;
}

const MAX_NAME = 64;

/** The name of a station: it becomes a part of its ID. */
export const stationName: Kind<string> = textKind(
  'name',
  '1 to 64 letters, digits, hyphens, underscores or dots',
  (text) => NAME.test(text),
);

function isId(text: string): boolean {
  try {
    stationDim().ID.parse(text);
    return true;
  } catch (error) {
    if (isDimError(error)) return false;
    throw error;
  }
}

function isUserId(text: string): boolean {
  return isId(text) && stationDim().ID.parse(text).isUser;
}
