/**
 * Meta command: asks for the meta of an ID, or gives it.
 *
 * `{ "type": "136", "sn", "time", "command": "meta", "did": ID, "meta"?: {meta} }`
 * The ID is also read from `ID`. Without a meta it is a query.
 */
import { DimError } from 'dkd';
import { optionalOf, requireArgument } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID, JsonMap, Meta } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { didOf } from '../fields/did.ts';

/** Asks for the meta of an ID, or gives it. */
export class MetaCommand extends Command {
  readonly kind = 'meta';
  /** Whose meta it is about. */
  readonly did: ID;
  /** The meta, which gives this ID. Its fingerprint is not verified yet: see `Meta.verify`. */
  readonly meta: Meta | undefined;

  constructor(init: CommandInit, did: ID, meta: Meta | undefined) {
    super(init);
    this.did = did;
    this.meta = meta;
  }

  /** Whether it asks. */
  get isQuery(): boolean {
    return this.meta === undefined;
  }

  /**
   * Asks for the meta of an ID.
   *
   * @example
   * ```ts
   * import { ANYONE, MetaCommand } from 'dimp';
   *
   * MetaCommand.query(ANYONE).isQuery; // true
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static query(did: ID, options: CreateContentOptions = {}): MetaCommand {
    return createCommand(metaDefinition, { did }, options);
  }

  /**
   * Gives the meta of an ID.
   * @throws DimError `USAGE_ARGUMENT` for the meta of another ID
   */
  static answer(did: ID, meta: Meta, options: CreateContentOptions = {}): MetaCommand {
    return createCommand(metaDefinition, { did, meta: requireArgument(meta, 'meta') }, options);
  }
}

/** Reads meta commands; a meta of another ID is an error. */
export const metaDefinition: CommandDefinition<MetaCommand> = /* @__PURE__ */ defineCommand({
  command: 'meta',
  kind: 'meta',
  read(init, readers) {
    const did = didOf(init.fields, readers);
    return new MetaCommand(init, did, readMetaOf(did, init.fields, readers));
  },
});

/**
 * The meta in a command about an ID, if it has one.
 * @throws DimError `INPUT_CONFLICT` when it is another ID's
 */
export function readMetaOf(did: ID, fields: JsonMap, readers: ContentReaders): Meta | undefined {
  const meta = optionalOf(fields, 'meta', (map) => readers.readMeta(map));
  if (meta !== undefined) checkMeta(did, meta);
  return meta;
}

/** Whoever stored the meta of one ID for another would take its owner for that other. */
function checkMeta(did: ID, meta: Meta): void {
  if (!meta.matches(did)) throw new DimError('INPUT_CONFLICT', 'is the meta of another ID', { path: 'meta' });
}
