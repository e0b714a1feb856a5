/** Files on their way, as the engine tells. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { EngineEvent } from '../protocol/calls.ts';
import type { TransferView } from '../protocol/views.ts';
import type { Page } from './page.ts';

const ofPages = new WeakMap<Page, ReadonlySignal<readonly TransferView[]>>();

/** Those of a page: heard from its first use on. */
export function transfersOf(page: Page): ReadonlySignal<readonly TransferView[]> {
  const known = ofPages.get(page);
  if (known !== undefined) return known;
  const transfers = signal<readonly TransferView[]>(page.state.value.transfers);
  page.link.hear((event) => {
    transfers.value = afterEvent(transfers.value, event);
  });
  ofPages.set(page, transfers);
  return transfers;
}

/** What is on its way after something was told. */
export function afterEvent(transfers: readonly TransferView[], event: EngineEvent): readonly TransferView[] {
  if (event.tell === 'state') return event.state.transfers;
  if (event.tell !== 'transfer') return transfers;
  const { transfer, is } = event;
  const isKnown = transfers.some(({ id }) => id === transfer.id);
  if (is !== 'going') return isKnown ? transfers.filter(({ id }) => id !== transfer.id) : transfers;
  return isKnown ? transfers.map((one) => (one.id === transfer.id ? transfer : one)) : [...transfers, transfer];
}
