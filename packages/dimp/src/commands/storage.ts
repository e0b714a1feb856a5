/**
 * Storage: keeps something of a user at a station, encrypted: contacts, a private key, …
 *
 * `{ "type": "136", "sn", "time", "command": "storage", "title": "contacts", "did"?: ID, "data"?: TED, "key"?: TED, … }`
 * The ID is also read from `ID`. The protocol leaves the details open: what is there is checked, and all is kept.
 */
import { TransportableData } from 'dkd';
import { checkArguments, optionalOf, textOf } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { optionalDidOf } from '../fields/did.ts';

/** What a new storage command may have beside its title. */
export interface StorageParts {
  /** Whose it is. */
  readonly did?: ID;
  /** What is kept, encrypted. */
  readonly data?: TransportableData;
  /** The key of the data, encrypted for its owner. */
  readonly key?: TransportableData;
}

/** Keeps something of a user at a station, or asks for it. */
export class StorageCommand extends Command {
  readonly kind = 'storage';
  /** What it is: `contacts`, `private_key`, … */
  readonly title: string = textOf(this.fields, 'title');
  /** Whose it is. */
  readonly did: ID | undefined;
  /** What is kept, encrypted. */
  readonly data: TransportableData | undefined;
  /** The key of the data, encrypted for its owner. */
  readonly key: TransportableData | undefined;

  constructor(init: CommandInit, did: ID | undefined, readers?: Pick<ContentReaders, 'limits'>) {
    super(init);
    this.did = did;
    this.data = optionalOf(init.fields, 'data', (data) => TransportableData.parse(data, readers));
    this.key = optionalOf(init.fields, 'key', (data) => TransportableData.parse(data, readers));
  }

  /**
   * A new storage command; without data it asks for them.
   *
   * @example
   * ```ts
   * import { ANYONE, StorageCommand } from 'dimp';
   *
   * StorageCommand.create('contacts', { did: ANYONE }).data; // undefined
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(title: string, parts: StorageParts = {}, options: CreateContentOptions = {}): StorageCommand {
    return checkArguments(() => {
      const { did, data, key } = parts;
      return createCommand(storageDefinition, { title, did, data, key }, options);
    });
  }
}

/** Reads storage commands. */
export const storageDefinition: CommandDefinition<StorageCommand> = /* @__PURE__ */ defineCommand({
  command: 'storage',
  kind: 'storage',
  read: (init, readers) => new StorageCommand(init, optionalDidOf(init.fields, readers), readers),
});
