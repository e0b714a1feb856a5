/** The contents of a message one by one. */
import { ArrayContent, type Content } from 'dimp';

/** Contents in an array are contents of the same message. */
export function flatten<C extends Content>(content: C): readonly C[] {
  // What is in an array was read by the same context.
  return content instanceof ArrayContent ? content.contents.flatMap((one) => flatten(one as C)) : [content];
}
