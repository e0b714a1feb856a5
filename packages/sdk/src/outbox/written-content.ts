/** A content as it goes to a receiver. */
import { DimError, type Content, type ID, type JsonMap } from 'dimp';
import { changeFields, isJsonMap, typeName } from 'dimp/extend';

/**
 * The map of a content; what goes to a group is written for it.
 * @throws DimError `INPUT_TYPE` for what is no content, `INPUT_CONFLICT` for one that is for another group
 */
export function fieldsFor(content: Partial<Content> | undefined, receiver: ID): JsonMap {
  const fields = content?.fields;
  if (!isJsonMap(fields)) {
    const advice = typeof content === 'string' ? ': take TextContent.create(text)' : '';
    throw new DimError('INPUT_TYPE', `must be a content, not ${typeName(content)}${advice}`);
  }
  if (!receiver.isGroup || receiver.isBroadcast) return fields;
  if (content?.group !== undefined && !content.group.equals(receiver))
    throw new DimError('INPUT_CONFLICT', 'is not the receiver', { path: 'group' });
  return changeFields(fields, { group: receiver.toString() });
}
