/**
 * Bulletin: what a group says of itself, signed by its founder.
 *
 * Properties: `{ "name"?, "founder"?: ID, "assistants"?: [ID], "administrators"?: [ID], … }`
 */
import { within } from '../errors/dim-error.ts';
import type { ID } from '../identity/identifier.ts';
import { optionalListOf, optionalOf } from '../wire/field-readers.ts';
import { Document } from './document.ts';

/** A group's document. */
export class Bulletin extends Document {
  /** What it is to another copy of this package. */
  protected override get '@dim'(): string {
    return 'mkm.Document.Bulletin';
  }

  /** Who is said to have founded the group, and to sign this: see `isFounder`. @throws DimError `INPUT_…` */
  get founder(): ID | undefined {
    return within('data', () => optionalOf(this.properties, 'founder', (id) => this.readers.readId(id)));
  }

  /** Bots that distribute the group's messages. @throws DimError `INPUT_…` when any one is no ID */
  get assistants(): readonly ID[] {
    return this.#ids('assistants');
  }

  /** @throws DimError `INPUT_…` when any one is no ID */
  get administrators(): readonly ID[] {
    return this.#ids('administrators');
  }

  #ids(name: string): readonly ID[] {
    return within('data', () => {
      const items = optionalListOf(this.properties, name) ?? [];
      return items.map((item, index) => within(`${name}[${index}]`, () => this.readers.readId(item)));
    });
  }
}
