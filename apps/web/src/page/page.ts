/** What all views of a page share: the link to the engine, and what it said last. */
import { signal } from '@preact/signals';
import type { EngineLink } from '../link/engine-link.ts';
import type { EngineState } from '../protocol/calls.ts';

/** What is known before the engine has said anything. */
const BEFORE: EngineState = {
  phase: { is: 'starting' },
  connection: { is: 'offline', retryAt: undefined, failure: undefined },
  settings: { station: undefined, files: undefined, receipts: 'all' },
  transfers: [],
};

export interface Page {
  readonly link: EngineLink;
  readonly state: { readonly value: EngineState };
}

/** A page over a link: its state is that of the engine. */
export function createPage(link: EngineLink): Page {
  const state = signal(BEFORE);
  link.hear((event) => {
    if (event.tell === 'state') state.value = event.state;
  });
  void link.call('state').then((now) => (state.value = now));
  return { link, state };
}
