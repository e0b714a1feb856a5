/**
 * ANS, address name service: asks which IDs stand behind short names, or tells.
 *
 * `{ "type": "136", "sn", "time", "command": "ans", "names": "moki hulk", "records"?: { "moki": ID } }`
 * Without records it is a query.
 */
import { checkArguments, requireArgument, textOf, within } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { optionalEntriesOf } from '../fields/entries.ts';
import { joinWords, splitWords } from '../fields/words.ts';

/** Asks which IDs stand behind names, or tells. */
export class AnsCommand extends Command {
  readonly kind = 'ans';
  readonly names: readonly string[];
  /** The IDs that were found, by name; undefined in a query. What a station says of names is its word alone. */
  readonly records: ReadonlyMap<string, ID> | undefined;

  constructor(init: CommandInit, parts: Pick<AnsCommand, 'names' | 'records'>) {
    super(init);
    this.names = parts.names;
    this.records = parts.records;
  }

  /** Whether it asks. */
  get isQuery(): boolean {
    return this.records === undefined;
  }

  /**
   * Asks for the IDs of names.
   *
   * @example
   * ```ts
   * import { AnsCommand } from 'dimp';
   *
   * AnsCommand.query(['moki', 'hulk']).isQuery; // true
   * ```
   * @throws DimError `USAGE_ARGUMENT` for a name with a blank
   */
  static query(names: readonly string[], options: CreateContentOptions = {}): AnsCommand {
    return checkArguments(() => createCommand(ansDefinition, { names: joinWords(names, 'names') }, options));
  }

  /**
   * Tells the IDs of names, of those that are known.
   * @throws DimError `USAGE_ARGUMENT` for a name with a blank
   */
  static answer(
    names: readonly string[],
    records: ReadonlyMap<string, ID>,
    options: CreateContentOptions = {},
  ): AnsCommand {
    return checkArguments(() => {
      const own = { names: joinWords(names, 'names'), records: requireArgument(records, 'records') };
      return createCommand(ansDefinition, own, options);
    });
  }
}

/** Reads ANS commands. */
export const ansDefinition: CommandDefinition<AnsCommand> = /* @__PURE__ */ defineCommand({
  command: 'ans',
  kind: 'ans',
  read(init, readers: ContentReaders) {
    const text = textOf(init.fields, 'names');
    const names = within('names', () => splitWords(text, readers.limits.jsonValues));
    return new AnsCommand(init, {
      names,
      records: optionalEntriesOf(init.fields, 'records', (id) => readers.readId(id)),
    });
  },
});
