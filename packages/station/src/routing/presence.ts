/** Who comes and goes: what waits for them goes out, or stays. */
import type { ID } from 'dimp';
import type { Acknowledgements } from '../offline/acknowledgements.ts';
import { BoxStream, type StreamUser } from '../offline/box-stream.ts';
import { SendWindow } from '../offline/send-window.ts';
import { fieldsToAdd, signatureIn, withFields } from '../messages/station-fields.ts';
import type { Box } from '../ports/mailbox.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';

/** What {@link Presence} is made of. */
export interface PresenceOptions {
  readonly parts: StationParts;
  readonly acknowledgements: Acknowledgements;
  readonly sessionsPerUser: number;
  /** Told of each user who comes in, or is active again, with the terminal. */
  readonly cameIn?: ((user: ID) => void) | undefined;
}

/** Starts and stops what goes out to terminals. */
export class Presence {
  readonly #options: PresenceOptions;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** Somebody has come in, or is active again. */
  async hasCome(session: Session): Promise<void> {
    if (session.user !== undefined) await this.giveBack(session.user);
    if (session.streams.length === 0) {
      const boxes = await this.#boxesOf(session);
      if (session.hasEnded || session.user === undefined) return;
      const user = this.#streamUser(session);
      const { mailbox } = this.#options.parts.engine;
      const window = new SendWindow();
      session.streams = boxes.map((box) => new BoxStream(box, mailbox, user, window));
      this.#makeRoom(session);
    }
    for (const stream of session.streams) stream.start();
    if (session.id !== undefined) this.#options.cameIn?.(session.id);
  }

  /**
   * Where a visa without a terminal is known now, what is for nobody's terminal is that device's: others have it no longer. They
   * had it as long as there was none, so that it would not wait for nobody.
   */
  async giveBack(user: ID): Promise<void> {
    const { directory, sessions } = this.#options.parts;
    const held = sessions.of(user).filter(({ terminal = '', streams }) => terminal !== '' && streams.length > 1);
    if (held.length === 0 || !(await directory.terminalsOf(user)).includes('')) return;
    for (const session of held) {
      for (const stream of session.streams) if (stream.box.terminal === '') stream.giveUp();
      session.streams = session.streams.filter(({ box }) => box.terminal !== '');
    }
  }

  /** Somebody is inactive. */
  hasGone(session: Session): void {
    for (const stream of session.streams) stream.stop();
  }

  /** A connection has ended. */
  ended(session: Session): void {
    session.hasEnded = true;
    this.hasGone(session);
    this.#options.parts.sessions.remove(session);
  }

  /** A terminal's own, and where no visa is without a terminal, what is for nobody's terminal. */
  async #boxesOf(session: Session): Promise<readonly Box[]> {
    const { user, terminal = '' } = session;
    if (user === undefined) return [];
    const own = { user: user.entityKey, terminal };
    if (terminal === '') return [own];
    const terminals = await this.#options.parts.directory.terminalsOf(user);
    return terminals.includes('') ? [own] : [own, { user: user.entityKey, terminal: '' }];
  }

  /** Who has more sessions than a person has devices loses the oldest one: it may be a connection that died unnoticed. */
  #makeRoom(session: Session): void {
    const { parts, sessionsPerUser } = this.#options;
    if (session.user === undefined) return;
    const own = parts.sessions.of(session.user);
    for (const old of own.slice(0, Math.max(0, own.length - sessionsPerUser))) old.link.close();
  }

  #streamUser(session: Session): StreamUser {
    const { parts, acknowledgements } = this.#options;
    const { logger, meter } = parts;
    const receiver = fieldsToAdd({ rcpt: session.id?.toString() ?? '' });
    return {
      send: ({ bytes }, acknowledged) => {
        meter.add('delivered');
        const whole = withFields(bytes, receiver);
        session.link.send({ bytes: whole, signature: signatureIn(bytes), acknowledged });
      },
      acknowledged: (box, position) => acknowledgements.add(box, position),
      failed: (error) => {
        logger.error('a mailbox could not be read', { error: String(error) });
        // It comes again, and begins anew.
        session.link.close();
      },
    };
  }
}
