/** What a client is made of. */
import { DimError, HandshakeCommand, type Content, type ID, type KeyRing, type Plugin } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import { readStrangerLimits, type StrangerLimitOptions } from '../conversations/stranger-limits.ts';
import type { DeviceContext, MessageOptions } from '../device/own-device.ts';
import { Files } from '../files/files.ts';
import type { FilesOptions } from '../files/files-options.ts';
import { copyOfRows } from '../inbox/check-reaction.ts';
import type { ClientStore, RowChange } from '../ports/client-store.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { StationAddress, Transport } from '../ports/connection.ts';
import type { FileService } from '../ports/file-service.ts';
import type { HandlerDefinition } from '../ports/handler.ts';
import { silentLogger, type Logger } from '../ports/logger.ts';
import type { PauseOptions } from '../session/pauses.ts';
import { checkOptionNames, requireDim, requireList, requireMethod } from '../usage/check-usage.ts';

/** How a content is sent. */
export interface ClientSendOptions {
  /**
   * Changes of rows in tables of the application, whose names begin with `app-`: kept in one commit with what is sent, so that
   * what was written is either still a draft or sent.
   */
  readonly rows?: readonly RowChange[] | undefined;
}

/** The rows of the application that are kept with what is sent. @throws DimError `USAGE_ARGUMENT` */
export function rowsToKeep(options: ClientSendOptions): readonly RowChange[] {
  checkOptionNames(requireArgument(options, 'options'), { rows: true });
  return copyOfRows(options.rows ?? [], 'an application');
}

/** How to make a client. */
export interface ClientOptions<C extends Content> {
  /** A context of `createDim`, with `clientPlugin` among its plugins. */
  readonly dim: DeviceContext<C>;
  /** Where everything is kept. One client at a time works over a store. */
  readonly store: ClientStore;
  /** The person, whose keys are in the store; with a terminal where this device has a key of its own. */
  readonly self: ID;
  /** How to connect: `webSocketTransport()`, or one of `dimsdk/node`. */
  readonly transport: Transport;
  /** Where to connect to, in this order. */
  readonly stations: readonly StationAddress[];
  /** What is done with contents beside being kept and told; of plugins, those that are among their definitions. */
  readonly handlers?: readonly (HandlerDefinition | Plugin)[] | undefined;
  /** Says nothing, if not given. */
  readonly logger?: Logger | undefined;
  readonly clock?: Clock | undefined;
  /** How long to wait before connecting again. */
  readonly pauses?: PauseOptions | undefined;
  /** How messages are read and written; see `MessengerOptions`. */
  readonly messages?: MessageOptions | undefined;
  /** Whether those who write are told that their messages came; they are, if not given. */
  readonly receipts?: 'all' | 'contacts' | 'none' | undefined;
  /**
   * How much is kept of what strangers write: `{}` for what is usual. Everything, if not given, as for a bot that answers everybody.
   */
  readonly strangers?: StrangerLimitOptions | undefined;
  /** Whether a content is a message of a conversation. What is no command and for no module is, if not given. */
  isMessage?(content: C): boolean;
  /** Where files are uploaded to and downloaded from, and how. */
  readonly files?: (FilesOptions & { readonly service: FileService }) | undefined;
  /** What this program and this device call themselves to the station. */
  readonly agent?: string | undefined;
  readonly device?: string | undefined;
}

const OPTIONS: Readonly<Record<keyof ClientOptions<Content>, true>> = {
  dim: true,
  store: true,
  self: true,
  transport: true,
  stations: true,
  handlers: true,
  logger: true,
  clock: true,
  pauses: true,
  messages: true,
  receipts: true,
  strangers: true,
  isMessage: true,
  files: true,
  agent: true,
  device: true,
};

/** The files of a client, where it has a service. */
export function filesOf<C extends Content>(options: ClientOptions<C>, signal: AbortSignal): Files | undefined {
  const { dim, self, files, clock = systemClock, logger = silentLogger } = options;
  return files && new Files({ dim, self: self.entity, service: files.service, clock, logger, signal }, files);
}

/** The handlers among definitions and plugins. */
export function handlersOf(given: readonly (HandlerDefinition | Plugin)[] = []): readonly HandlerDefinition[] {
  return given.flatMap((one: Partial<HandlerDefinition & Plugin>, index) => {
    if (one?.defines === 'handler') return [one as HandlerDefinition];
    if (!Array.isArray(one?.definitions))
      throw new DimError('USAGE_ARGUMENT', `must be of defineHandler, or a plugin, not ${typeName(one)}`, {
        path: `handlers[${index}]`,
      });
    return one.definitions
      .filter(({ defines }) => defines === 'handler')
      .map((definition) => definition as HandlerDefinition);
  });
}

/** @throws DimError `USAGE_ARGUMENT` for what cannot work */
export function checkClientOptions<C extends Content>(options: ClientOptions<C>): void {
  const { dim, self, stations, store, transport } = requireArgument(options, 'options');
  checkOptionNames(options, OPTIONS);
  requireDim(dim, 'messenger');
  checkId(self, 'self');
  if (typeof transport === 'function')
    throw new DimError('USAGE_ARGUMENT', 'must be a transport, not a function: call it', { path: 'transport' });
  requireMethod(store, 'exclusive', 'store');
  requireMethod(transport, 'connect', 'transport');
  requireList(stations, 'stations');
  if (options.handlers !== undefined) requireList(options.handlers, 'handlers');
  if (stations.length === 0)
    throw new DimError('USAGE_ARGUMENT', 'must have the address of a station', { path: 'stations' });
  const { receipts, files, strangers } = options;
  if (strangers !== undefined) readStrangerLimits(strangers);
  if (options.isMessage !== undefined && typeof options.isMessage !== 'function')
    throw new DimError('USAGE_ARGUMENT', 'must be a function', { path: 'isMessage' });
  if (receipts !== undefined && !RECEIPTS.includes(receipts))
    throw new DimError('USAGE_ARGUMENT', `must be one of ${RECEIPTS.join(', ')}`, { path: 'receipts' });
  if (files !== undefined) requireMethod(requireArgument(files.service, 'files.service'), 'upload', 'files.service');
  for (const [index, { host, port }] of stations.entries()) checkAddress(host, port, `stations[${index}]`);
  if (dim.Content.parse(HandshakeCommand.offer().fields).kind !== 'handshake')
    throw new DimError('USAGE_ARGUMENT', 'knows no handshake: make it with clientPlugin among its plugins', {
      path: 'dim',
    });
}

function checkAddress(host: unknown, port: unknown, path: string): void {
  if (typeof host !== 'string' || !/^[^\s/@]{1,253}$/.test(host))
    throw new DimError('USAGE_ARGUMENT', 'must be a host name or an IP address', { path: `${path}.host` });
  if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 0xffff)
    throw new DimError('USAGE_ARGUMENT', `must be a port, not ${typeName(port)}`, { path: `${path}.port` });
}

const RECEIPTS: readonly unknown[] = ['all', 'contacts', 'none'];

/**
 * Whether a device has a key of its own at the terminal that it names.
 * @throws DimError `USAGE_ARGUMENT` for another terminal, or none, than its keys are for
 */
export function checkTerminal(self: ID, { decrypt }: KeyRing): void {
  const names = decrypt.map(({ terminal }) => terminal ?? undefined);
  if (names.length === 0 || names.includes(self.terminal)) return;
  const [first] = names.filter((name) => name !== undefined);
  const advice =
    first === undefined ? 'take the ID without a terminal' : `its keys are for ${first}: take id.at('${first}')`;
  throw new DimError('USAGE_ARGUMENT', `has no keys of this device: ${advice}`, { path: 'self' });
}
