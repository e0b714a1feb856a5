/**
 * Report: a client tells its station how it is.
 *
 * `{ "type": "136", "sn", "time", "command": "report", "title": "online" }`
 */
import { type CreateContentOptions } from 'dkd';
import { textOf } from 'dkd/extend';
import { Command, createCommand, defineCommand, type CommandDefinition } from './command.ts';

/** Tells a station how a client is. */
export class ReportCommand extends Command {
  readonly kind = 'report';
  /** `online` (in the foreground), `offline` (in the background), or any other word. */
  readonly title: string = textOf(this.fields, 'title');

  /**
   * A new report.
   *
   * @example
   * ```ts
   * import { ReportCommand } from 'dimp';
   *
   * ReportCommand.create('online').title; // online
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(title: string, options: CreateContentOptions = {}): ReportCommand {
    return createCommand(reportDefinition, { title }, options);
  }
}

/** Reads reports. */
export const reportDefinition: CommandDefinition<ReportCommand> = /* @__PURE__ */ defineCommand({
  command: 'report',
  kind: 'report',
  class: ReportCommand,
});
