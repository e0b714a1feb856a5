/** What all views of a page share: the link to the engine, and what it said last. */
import { signal } from '@preact/signals';
import type { EngineLink } from '../link/engine-link.ts';
import type { EngineState } from '../protocol/calls.ts';
import { unsaved } from './unsaved.ts';

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
  const show = (now: EngineState): void => {
    if (now.phase.is === 'empty') unsaved.forget();
    state.value = now;
  };
  link.hear((event) => {
    if (event.tell === 'state') show(event.state);
  });
  void link.call('state').then(show);
  return { link, state };
}
