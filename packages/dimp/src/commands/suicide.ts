/**
 * Suicide command: an account ends, by the will of its owner.
 *
 * `{ "type": "137", "sn", "time", "command": "suicide", "did"?: ID, … }`
 */
import { AccountHistoryCommand, createAccountHistory, readAccountHistoryInit } from './account-history.ts';
import type { CreateAccountHistoryOptions } from './account-history.ts';
import { defineCommand, type CommandDefinition } from './command.ts';

/** An account ends, by the will of its owner. */
export class SuicideCommand extends AccountHistoryCommand {
  readonly kind = 'suicide';

  /**
   * Says that an account ends.
   *
   * @example
   * ```ts
   * import { SuicideCommand } from 'dimp';
   *
   * SuicideCommand.create({ time: 1700000000 }).time; // 1700000000
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(options: CreateAccountHistoryOptions = {}): SuicideCommand {
    return createAccountHistory(suicideDefinition, options);
  }
}

/** Reads suicide commands. */
export const suicideDefinition: CommandDefinition<SuicideCommand> = /* @__PURE__ */ defineCommand({
  command: 'suicide',
  kind: 'suicide',
  read: (init, readers) => new SuicideCommand(readAccountHistoryInit(init, readers)),
});
