/**
 * Handshake: a client asks a station to be let in, and the station makes sure that it is who it says.
 *
 * `{ "type": "136", "sn", "time", "command": "handshake", "title": "Hello world!", "session"?: "…" }`
 * The title is also read from `message`.
 *
 * | title | session | state | who says it |
 * |---|---|---|---|
 * | `Hello world!` | none | start | the client: let me in |
 * | `DIM?` | new | again | the station: say it again, with this session |
 * | `Hello world!` | the new one | restart | the client |
 * | `DIM!` | | success | the station: you are in |
 *
 * A client that answers `DIM?` also says to which station: `"station": ID`. What it signs is not bound to a receiver otherwise, and
 * another station, to which it was let in before, could pass it on as its own login. Stations that do not know the field ignore it.
 * With `DIM!` a station may say the largest message that it takes: `"payload_bytes": 4194304`.
 */
import { DimError, type CreateContentOptions, type ID, type JsonMap } from 'dkd';
import { checkArguments, fieldOf, optionalTextOf, requireArgument } from 'dkd/extend';
import { Command, createCommand, defineCommand, type CommandDefinition } from './command.ts';

/** How far a handshake is. */
export type HandshakeState = 'start' | 'again' | 'restart' | 'success';

/** How a client writes a handshake. */
export interface OfferHandshakeOptions extends CreateContentOptions {
  /** The station that the session is of: no other one can use what is signed. */
  readonly station?: ID;
}

/** A step of a handshake. */
export class HandshakeCommand extends Command {
  readonly kind = 'handshake';
  readonly title: string = readTitle(this.fields);
  /** The station's word for this connection. */
  readonly session: string | undefined = optionalTextOf(this.fields, 'session');
  /** Of a station that lets somebody in: the largest message that it takes, in bytes, where it says so. */
  readonly payloadBytes: number | undefined = readPayloadBytes(this.fields);
  /** The ID of the station that it is for, as the client wrote it; anything else there does not count. */
  readonly station: string | undefined = readStation(this.fields);

  /** How far the handshake is. Any title that is not a station's is taken for a client's, as deployed stations do. */
  get state(): HandshakeState {
    if (this.title === 'DIM!') return 'success';
    if (this.title === 'DIM?') return 'again';
    return this.session === undefined || this.session === '' ? 'start' : 'restart';
  }

  /**
   * The client: let me in.
   * @param session what the station asked to say again
   *
   * @example
   * ```ts
   * import { HandshakeCommand } from 'dimp';
   *
   * HandshakeCommand.offer().state; // start
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static offer(session?: string, options: OfferHandshakeOptions = {}): HandshakeCommand {
    return checkArguments(() => {
      const { station, ...common } = options;
      return createCommand(handshakeDefinition, { title: 'Hello world!', session, station }, common);
    });
  }

  /** The station: say it again, with this session. */
  static ask(session: string, options: CreateContentOptions = {}): HandshakeCommand {
    return createHandshake('DIM?', requireArgument(session, 'session'), options);
  }

  /** The station: you are in. */
  static accepted(session?: string, options: CreateContentOptions = {}): HandshakeCommand {
    return createHandshake('DIM!', session, options);
  }
}

function createHandshake(title: string, session: string | undefined, options: CreateContentOptions): HandshakeCommand {
  return createCommand(handshakeDefinition, { title, session }, options);
}

function readPayloadBytes(fields: JsonMap): number | undefined {
  const bytes = fieldOf(fields, 'payload_bytes');
  return Number.isSafeInteger(bytes) && Number(bytes) > 0 ? Number(bytes) : undefined;
}

function readStation(fields: JsonMap): string | undefined {
  const station = fieldOf(fields, 'station');
  return typeof station === 'string' ? station : undefined;
}

/** Some clients write `message` in place of `title`, or another text there beside it. */
function readTitle(fields: JsonMap): string {
  const title = optionalTextOf(fields, 'title') ?? optionalTextOf(fields, 'message');
  if (title === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'title' });
  return title;
}

/** Reads handshakes. */
export const handshakeDefinition: CommandDefinition<HandshakeCommand> = /* @__PURE__ */ defineCommand({
  command: 'handshake',
  kind: 'handshake',
  class: HandshakeCommand,
});
