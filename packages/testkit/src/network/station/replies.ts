/** What the station says by itself. It is encrypted, signed, and stored nowhere. */
import { ContentType, type ID, type JsonMap } from 'dimp';
import type { Session } from './session.ts';
import type { StationContext } from './station-context.ts';

/** How to say it. */
export interface ReplyOptions {
  /** Whether to attach the station's meta and visa. */
  readonly introduce?: boolean;
}

/** Sends contents to who has sent something over a connection. Several are one content. */
export async function sendReply(
  context: StationContext,
  session: Session,
  { to, contents }: { readonly to: ID; readonly contents: readonly JsonMap[] },
  { introduce = false }: ReplyOptions = {},
): Promise<void> {
  const [first] = contents;
  if (first === undefined) return;
  const { message } = await context.writer.packMessage(contentOf(context, first, contents), to, { introduce });
  const { meta, visa, ...rest } = message.fields;
  // Clients of WebSocket find the signature by a plain search: what is attached, and has others, comes behind it.
  const attached = { ...(meta !== undefined && { meta }), ...(visa !== undefined && { visa }) };
  const fields = { ...rest, receiver: to.toString(), ...attached };
  const bytes = context.dim.ReliableMessage.parse(fields).encode();
  session.line.push({ bytes, sender: context.id.entityKey, wasStored: false });
}

function contentOf(context: StationContext, first: JsonMap, all: readonly JsonMap[]) {
  if (all.length === 1) return context.content(first);
  const contents = all.map((fields) => context.content(fields).fields);
  return context.content({ type: ContentType.ARRAY, contents });
}
