/** What comes in for the session itself: steps of its handshake, and why a station does not let it in. */
import type { Content, HandshakeCommand, ID, ReceiptCommand } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Line } from '../session/line.ts';

/**
 * Hands a content to the session, once what came with it is kept.
 * @param isOfConnection whether it came through the connection: what was handed on, or waited, is of another one
 * @returns whether it is for the session alone
 */
export function isOfSession<C extends Content>(
  { device, line }: { readonly device: OwnDevice<C>; readonly line: Line<C> },
  { content, sender }: { readonly content: C; readonly sender: ID },
  isOfConnection: boolean,
): boolean {
  // The kind says which class it is of.
  const known: unknown = content;
  if (content.kind === 'receipt' && isOfConnection && line.session === undefined) {
    const { text } = known as ReceiptCommand;
    device.store.stage({ onceKept: () => line.current?.told(text, sender) });
  }
  if (content.kind !== 'handshake') return false;
  if (isOfConnection) device.store.stage({ onceKept: () => line.current?.heard(known as HandshakeCommand, sender) });
  return true;
}
