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

/** How long a person's own may wait, in seconds: 29 days, as receivers take nothing that is older than 30. */
export const MAX_AGE = 29 * 24 * 60 * 60;

/** What has failed for being older than that. */
export function expired(): DimError {
  return new DimError('DELIVERY_EXPIRED', 'could not be sent in time');
}

const DAY = 24 * 60 * 60;

/** Receivers take nothing that is older than 30 days, or dated more than a day ahead. @throws DimError `USAGE_ARGUMENT` */
export function checkTime(time: number | undefined, now: number): void {
  if (time === undefined || (time > now - MAX_AGE && time < now + DAY)) return;
  throw new DimError('USAGE_ARGUMENT', 'is too far from the time of this client for anybody to read it', {
    path: 'content.time',
  });
}
