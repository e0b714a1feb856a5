/** The fields of a message, where they stand in its bytes: for those who need one or two of a large message. */
import { DEFAULT_LIMITS } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { outerMembers } from 'dimp/internal';
import { forEachMember } from 'dimsdk/internal';

/** A field as it is written. */
export interface WrittenField {
  readonly name: string;
  /** Its value, as JSON. */
  readonly json: () => string;
}

/** The fields of what is known to be JSON, in order. Where one may be written in two ways, all of it is looked at as text. */
export function fieldsIn(bytes: Uint8Array): readonly WrittenField[] {
  const members = outerMembers(bytes, DEFAULT_LIMITS);
  return members === undefined
    ? fieldsInText(decodeUtf8(bytes))
    : members.map(({ nameStart, nameEnd, start, end }) => ({
        name: decodeUtf8(bytes.subarray(nameStart, nameEnd)),
        json: () => decodeUtf8(bytes.subarray(start, end)),
      }));
}

function fieldsInText(text: string): readonly WrittenField[] {
  const fields: WrittenField[] = [];
  forEachMember(text, ({ name, start, end }) => {
    fields.push({ name: String(JSON.parse(name)), json: () => text.slice(start, end) });
  });
  return fields;
}
