/**
 * Name card: introduces a user or a group.
 *
 * `{ "type": "51", "sn", "time", "group"?, "did": ID, "name"?: "Bob", "avatar"?: PNF }`
 * The ID is also read from `ID`.
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  NetworkFile,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type ID,
} from 'dkd';
import { checkArguments, optionalTextOf, optionalOf } from 'dkd/extend';
import { didOf } from '../fields/did.ts';

/** The parts of a new name card. */
export interface NameCardParts {
  readonly did: ID;
  readonly name: string;
  readonly avatar?: NetworkFile;
}

/** Introduces a user or a group. What it says counts for nothing: the documents of its ID are signed, it is not. */
export class NameCardContent extends Content {
  readonly kind = 'name-card';
  /** Whose card it is. */
  readonly did: ID;
  /** The name that the sender of the card knows; undefined when it has none. */
  readonly name: string | undefined = optionalTextOf(this.fields, 'name');
  readonly avatar: NetworkFile | undefined;

  constructor(init: ContentInit, did: ID, readers?: Pick<ContentReaders, 'limits'>) {
    super(init);
    this.did = did;
    // As in a visa, from which cards take it: empty text is no picture.
    this.avatar = optionalOf(init.fields, 'avatar', (avatar) =>
      avatar === '' ? undefined : NetworkFile.parse(avatar, readers),
    );
  }

  /**
   * A new name card.
   *
   * @example
   * ```ts
   * import { ANYONE, NameCardContent } from 'dimp';
   *
   * NameCardContent.create({ did: ANYONE, name: 'Anyone' }).name; // Anyone
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(parts: NameCardParts, options: CreateContentOptions = {}): NameCardContent {
    return checkArguments(() => {
      const { did, name, avatar } = parts;
      return createContent(nameCardDefinition, { did, name, avatar }, options);
    });
  }
}

/** Reads name cards. */
export const nameCardDefinition: ContentDefinition<NameCardContent> = /* @__PURE__ */ defineContent({
  type: ContentType.NAME_CARD,
  kind: 'name-card',
  read: (init, readers) => new NameCardContent(init, didOf(init.fields, readers), readers),
});
