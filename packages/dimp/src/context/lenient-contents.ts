/** Reading contents as stations do: by the fields that they need, whatever the others are. */
import { UnknownContent, type Codec, type Content, type JsonMap, type MessageContext } from 'dkd';
import {
  copyJsonMap,
  createCodec,
  optionalFieldOf,
  optionalTimeOf,
  readContentType,
  readSerialNumber,
  requiredOf,
} from 'dkd/extend';

/** The context with a codec of contents that refuses none for what is wrong in the fields of its kind. */
export function withLenientContents(dim: MessageContext): MessageContext {
  const codec: Codec<Content> = createCodec((input) => {
    const read = dim.Content.safeParse(input);
    return read.ok ? read.value : readAnyContent(dim, copyJsonMap(input, dim.limits));
  });
  return { ...dim, Content: codec };
}

function readAnyContent(dim: MessageContext, fields: JsonMap): Content {
  return new UnknownContent({
    fields,
    type: requiredOf(fields, 'type', readContentType),
    sn: requiredOf(fields, 'sn', readSerialNumber),
    time: optionalTimeOf(fields, 'time'),
    group: dim.ID.tryParse(optionalFieldOf(fields, 'group')),
  });
}
