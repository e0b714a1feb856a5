/** A document of our own: a badge that users give themselves. */
import { defineDocument, Document } from 'mkm';
import { optionalTextOf, within } from 'mkm/extend';

export class Badge extends Document {
  /** @throws DimError `INPUT_TYPE` */
  get level(): string | undefined {
    // The properties are in the text `data`: so the path of an error is `data.level`.
    return within('data', () => optionalTextOf(this.properties, 'level'));
  }
}

export const badgeDefinition = defineDocument({ type: 'badge', class: Badge });
