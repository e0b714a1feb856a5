/** Pictures in contents: a thumbnail, a snapshot, an icon. */
import { fieldOf, NetworkFile, within, type JsonMap } from 'dkd';

/**
 * A small picture: a PNF, or the bare base64 of earlier years.
 * @throws DimError `INPUT_…`
 */
export function readPicture(fields: JsonMap, name: string): NetworkFile | undefined {
  const picture = fieldOf(fields, name);
  if (picture === undefined) return undefined;
  const isInline = typeof picture === 'string' && !/^(https?:|data:|\{)/i.test(picture);
  return within(name, () => NetworkFile.parse(isInline ? { data: picture } : picture));
}
