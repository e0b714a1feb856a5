/** The group that contents and envelopes name. */
import { DimError, type ID, type JsonMap } from 'mkm';
import { optionalOf } from 'mkm/extend';

/** The group of a content or envelope; an ID of anything but a group is an error. */
export function optionalGroupOf(fields: JsonMap, readId: (input: unknown) => ID): ID | undefined {
  return optionalOf(fields, 'group', (value) => {
    const group = readId(value);
    if (!group.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a group');
    return group;
  });
}
