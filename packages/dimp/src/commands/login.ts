/**
 * Login: at which station a user can be reached.
 *
 * `{ "type": "136", "sn", "time", "command": "login", "did": ID, "device"?, "agent"?,
 * "station"?: { "did"?: ID, "host", "port" }, "provider"?: { "did": ID } }`
 * IDs are also read from `ID`.
 */
import { DimError } from 'dkd';
import { checkArguments, optionalMapOf, optionalTextOf, textOf, within } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID, JsonMap } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { didOf, optionalDidOf } from '../fields/did.ts';
import { optionalIntegerOf } from '../fields/integer.ts';

/** A station, and where it listens. */
export interface LoginStation {
  /** Undefined for a station that the client knows by its address alone. */
  readonly did?: ID | undefined;
  /** A host name or an IP address. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

/** Who runs a station. */
export interface LoginProvider {
  readonly did: ID;
}

/** The parts of a new login. */
export interface LoginParts {
  /** Who logged in. */
  readonly did: ID;
  /** What the device calls itself. */
  readonly device?: string;
  /** What the client program calls itself. */
  readonly agent?: string;
  readonly station?: LoginStation;
  readonly provider?: LoginProvider;
}

/** Says at which station a user can be reached. */
export class LoginCommand extends Command {
  readonly kind = 'login';
  /** Who logged in. */
  readonly did: ID;
  /** What the device calls itself. */
  readonly device: string | undefined = optionalTextOf(this.fields, 'device');
  /** What the client program calls itself. */
  readonly agent: string | undefined = optionalTextOf(this.fields, 'agent');
  readonly station: LoginStation | undefined;
  readonly provider: LoginProvider | undefined;

  constructor(init: CommandInit, parts: Pick<LoginCommand, 'did' | 'station' | 'provider'>) {
    super(init);
    this.did = parts.did;
    this.station = parts.station;
    this.provider = parts.provider;
  }

  /**
   * A new login.
   *
   * @example
   * ```ts
   * import { ANYONE, LoginCommand } from 'dimp';
   *
   * LoginCommand.create({ did: ANYONE, station: { host: 'example.com', port: 9394 } }).station?.port; // 9394
   * ```
   * @throws DimError `USAGE_ARGUMENT` for a host or port that is none
   */
  static create(parts: LoginParts, options: CreateContentOptions = {}): LoginCommand {
    return checkArguments(() => {
      const { did, device, agent, station, provider } = parts;
      return createCommand(
        loginDefinition,
        {
          did,
          device,
          agent,
          station: station && { did: station.did, host: station.host, port: station.port },
          provider: provider && { did: provider.did },
        },
        options,
      );
    });
  }
}

/** Reads logins. */
export const loginDefinition: CommandDefinition<LoginCommand> = /* @__PURE__ */ defineCommand({
  command: 'login',
  kind: 'login',
  read: (init, readers: ContentReaders) =>
    new LoginCommand(init, {
      did: didOf(init.fields, readers),
      station: readPart(init.fields, 'station', (map) => readStation(map, optionalDidOf(map, readers))),
      provider: readPart(init.fields, 'provider', (map) => Object.freeze({ did: didOf(map, readers) })),
    }),
});

function readPart<T>(fields: JsonMap, name: string, read: (map: JsonMap) => T): T | undefined {
  const map = optionalMapOf(fields, name);
  return map === undefined ? undefined : within(name, () => read(map));
}

function readStation(map: JsonMap, did: ID | undefined): LoginStation {
  const host = textOf(map, 'host');
  // A reader will connect to it, or show it.
  if (!/^[^\s/@\p{C}]{1,253}$/u.test(host))
    throw new DimError('INPUT_FORMAT', 'must be a host name or an IP address', { path: 'host' });
  const port = optionalIntegerOf(map, 'port', 0xffff);
  if (port === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'port' });
  if (port === 0) throw new DimError('INPUT_RANGE', 'must be 1 to 65535', { path: 'port' });
  return Object.freeze({ did, host, port });
}
