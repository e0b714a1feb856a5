/** How far an own message is: a mark to see, and words to hear. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import type { DeliveryView } from '../../protocol/views.ts';

const MARKS = { queued: '\u25cb', sent: '\u2713', delivered: '\u2713\u2713', failed: '!' } as const;

/** `Sent, delivered to 2 of 5`. */
export function deliveryText({ state, waitsForReceiver, delivered, recipients }: DeliveryView): string {
  if (state === 'queued' && waitsForReceiver) return t('waitsForReceiver');
  if (recipients < 2 || state === 'queued') return t(state);
  return `${t(state)}, ${t('deliveredTo', { delivered, recipients })}`;
}

export function DeliveryMark({ delivery }: { readonly delivery: DeliveryView | undefined }): JSX.Element | null {
  if (delivery === undefined) return null;
  const text = deliveryText(delivery);
  return (
    <span class={`delivery delivery-${delivery.state}`} role="img" aria-label={text} title={text}>
      {MARKS[delivery.state]}
    </span>
  );
}
