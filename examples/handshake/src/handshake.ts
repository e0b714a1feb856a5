/**
 * Handshake: a client asks a station to be let in, and the station makes sure that it is who it says.
 *
 * `{ "type": "136", "sn", "time", "command": "handshake", "title": "Hello world!", "session"?: "…" }`
 *
 * | title | session | state | who says it |
 * |---|---|---|---|
 * | `Hello world!` | none | start | the client: let me in |
 * | `DIM?` | new | again | the station: say it again, with this session |
 * | `Hello world!` | the new one | restart | the client |
 * | `DIM!` | | success | the station: you are in |
 */
import { Command, createCommand, defineCommand, definePlugin } from 'dimp';
import { optionalTextOf, textOf } from 'dimp/extend';

export type HandshakeState = 'start' | 'again' | 'restart' | 'success';

export class HandshakeCommand extends Command {
  readonly kind = 'handshake';
  readonly title: string = textOf(this.fields, 'title');
  readonly session: string | undefined = optionalTextOf(this.fields, 'session');

  get state(): HandshakeState {
    if (this.title === 'DIM!') return 'success';
    if (this.title === 'DIM?') return 'again';
    return this.session === undefined ? 'start' : 'restart';
  }

  /** The client: let me in. */
  static offer(session?: string): HandshakeCommand {
    return create('Hello world!', session);
  }

  /** The station: say it again, with this session. */
  static ask(session: string): HandshakeCommand {
    return create('DIM?', session);
  }

  /** The station: you are in. */
  static accepted(session?: string): HandshakeCommand {
    return create('DIM!', session);
  }
}

function create(title: string, session: string | undefined): HandshakeCommand {
  return createCommand(handshakeDefinition, { title, session });
}

const handshakeDefinition = defineCommand({ command: 'handshake', kind: 'handshake', class: HandshakeCommand });

export const handshakePlugin = definePlugin('handshake', [handshakeDefinition]);
