/**
 * What the commands of an account's history have in common.
 *
 * `{ "type": "137", "sn", "time", "command": "register", "did"?: ID, … }`
 * The ID is also read from `ID`. The protocol specifies no further fields: they are kept.
 */
import { DimError, type ContentReaders, type CreateContentOptions, type ID } from 'dkd';
import { checkArguments } from 'dkd/extend';
import { Command, createCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { optionalDidOf } from '../fields/did.ts';

/** What the core read of a command of an account's history. */
export interface AccountHistoryInit extends CommandInit {
  readonly time: number;
  readonly did: ID | undefined;
}

/** Options of a new command of an account's history. */
export interface CreateAccountHistoryOptions extends CreateContentOptions {
  /** The account, where it is not the sender of the message. */
  readonly did?: ID;
}

/** What happened to an account. */
export abstract class AccountHistoryCommand extends Command {
  /** When it happened, in seconds since 1970. */
  declare readonly time: number;
  /** The account; undefined when it is that of the sender. */
  readonly did: ID | undefined;

  constructor(init: AccountHistoryInit) {
    super(init);
    this.did = init.did;
  }
}

/**
 * The parts of a command of an account's history.
 * @throws DimError `INPUT_MISSING` without a time
 */
export function readAccountHistoryInit(init: CommandInit, readers: ContentReaders): AccountHistoryInit {
  const { time } = init;
  if (time === undefined) throw new DimError('INPUT_MISSING', 'is required in a history command', { path: 'time' });
  return { ...init, time, did: optionalDidOf(init.fields, readers) };
}

/** A new command of an account's history. @throws DimError `USAGE_ARGUMENT` */
export function createAccountHistory<C extends AccountHistoryCommand>(
  definition: CommandDefinition<C>,
  options: CreateAccountHistoryOptions,
): C {
  return checkArguments(() => {
    const { did, ...common } = options;
    return createCommand(definition, { did }, { ...common, history: true });
  });
}
