/** The entity that a command is about: `did`, earlier `ID`. */
import { DimError, type ContentReaders, type ID, type JsonMap } from 'dkd';
import { fieldOfAny, within } from 'dkd/extend';

/**
 * The ID of a command that needs one.
 * @throws DimError `INPUT_MISSING`, `INPUT_CONFLICT` when both names are there and differ, and those of IDs
 */
export function didOf(fields: JsonMap, readers: ContentReaders): ID {
  const did = optionalDidOf(fields, readers);
  if (did === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'did' });
  return did;
}

/** {@link didOf}, or undefined when the command has none. */
export function optionalDidOf(fields: JsonMap, readers: ContentReaders): ID | undefined {
  const did = fieldOfAny(fields, ['did', 'ID']);
  return did === undefined ? undefined : within('did', () => readers.readId(did));
}
