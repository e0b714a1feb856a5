/**
 * Register command: an account begins.
 *
 * `{ "type": "137", "sn", "time", "command": "register", "did"?: ID, … }`
 */
import { AccountHistoryCommand, createAccountHistory, readAccountHistoryInit } from './account-history.ts';
import type { CreateAccountHistoryOptions } from './account-history.ts';
import { defineCommand, type CommandDefinition } from './command.ts';

/** An account begins. */
export class RegisterCommand extends AccountHistoryCommand {
  readonly kind = 'register';

  /**
   * Says that an account begins.
   *
   * @example
   * ```ts
   * import { RegisterCommand } from 'dimp';
   *
   * RegisterCommand.create({ time: 1700000000 }).time; // 1700000000
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(options: CreateAccountHistoryOptions = {}): RegisterCommand {
    return createAccountHistory(registerDefinition, options);
  }
}

/** Reads register commands. */
export const registerDefinition: CommandDefinition<RegisterCommand> = /* @__PURE__ */ defineCommand({
  command: 'register',
  kind: 'register',
  read: (init, readers) => new RegisterCommand(readAccountHistoryInit(init, readers)),
});
