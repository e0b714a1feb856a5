/** Files on their way, with how far they are and what ends them. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import type { Page } from '../../page/page.ts';
import { transfersOf } from '../../page/transfers.ts';
import type { TransferView } from '../../protocol/views.ts';
import { filenameText } from './said.ts';

/** The download of a message. */
export function Transferring({
  page,
  messageKey,
}: {
  readonly page: Page;
  readonly messageKey: string;
}): JSX.Element | null {
  const transfer = transfersOf(page).value.find(({ key }) => key === messageKey);
  return transfer === undefined ? null : <TransferLine page={page} transfer={transfer} />;
}

/** What goes up in a conversation. */
export function Uploads({ page, id }: { readonly page: Page; readonly id: string }): JSX.Element | null {
  const uploads = transfersOf(page).value.filter(
    ({ direction, conversation }) => direction === 'up' && conversation === id,
  );
  if (uploads.length === 0) return null;
  return (
    <div class="uploads">
      {uploads.map((transfer) => (
        <TransferLine key={transfer.id} page={page} transfer={transfer} />
      ))}
    </div>
  );
}

function TransferLine({ page, transfer }: { readonly page: Page; readonly transfer: TransferView }): JSX.Element {
  const { done, total, direction, id } = transfer;
  const filename = filenameText(transfer);
  const percent = total === undefined || total === 0 ? '\u2026' : `${Math.floor((100 * done) / total)}%`;
  const text = t(direction === 'up' ? 'transferUp' : 'transferDown', { filename, percent });
  return (
    <p class="transfer">
      <bdi dir="auto">{text}</bdi>
      <progress aria-label={text} {...(total === undefined ? {} : { value: done, max: total })} />
      <button
        type="button"
        aria-label={t('cancelTransfer', { filename })}
        onClick={() => void page.link.call('cancelTransfer', { id }).catch(() => undefined)}
      >
        {'\u2715'}
      </button>
    </p>
  );
}
