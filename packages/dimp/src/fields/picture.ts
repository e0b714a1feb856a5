/** Pictures in contents: a thumbnail, a snapshot, an icon. */
import { NetworkFile, type JsonMap, type Limits } from 'dkd';
import { optionalOf } from 'dkd/extend';

/**
 * A small picture: a PNF, or the bare base64 of earlier years.
 * @throws DimError `INPUT_…`
 */
export function optionalPictureOf(
  fields: JsonMap,
  name: string,
  options?: { readonly limits: Limits },
): NetworkFile | undefined {
  return optionalOf(fields, name, (picture) => {
    const isInline = typeof picture === 'string' && !/^(https?:|data:|\{)/i.test(picture);
    return NetworkFile.parse(isInline ? { data: picture } : picture, options);
  });
}
