/** The list of conversations of a page: asked for once, and again when the engine tells that something changed. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { EngineLink } from '../link/engine-link.ts';
import type { ConversationView, Failure } from '../protocol/views.ts';
import { failureOf } from '../link/failure-of.ts';
import { InTurn } from './in-turn.ts';
import { keepSameItems } from './same-values.ts';

export interface Conversations {
  /** The newest first. Undefined until the engine has said. */
  readonly list: ReadonlySignal<readonly ConversationView[] | undefined>;
  readonly failure: ReadonlySignal<Failure | undefined>;
  /** Asks again. */
  refresh(): Promise<void>;
  close(): void;
}

export function createConversations(link: EngineLink): Conversations {
  const list = signal<readonly ConversationView[] | undefined>(undefined);
  const failure = signal<Failure | undefined>(undefined);
  let isOpen = true;
  let wasOpen = false;
  const asking = new InTurn(async () => {
    try {
      const now = await link.call('conversations');
      if (!isOpen) return;
      list.value = keepSameItems(list.value ?? [], now, ({ with: { id } }) => id);
      failure.value = undefined;
    } catch (error) {
      if (isOpen) failure.value = failureOf(error);
    }
  });
  const unhear = link.hear((event) => {
    switch (event.tell) {
      case 'message':
      case 'conversation':
      case 'list':
      case 'people':
      case 'alarm':
        void asking.again();
        break;
      case 'state': {
        // Another engine, or one that was locked: what it told meanwhile is not known here.
        const isNowOpen = event.state.phase.is === 'open';
        if (isNowOpen && !wasOpen) void asking.again();
        // What is locked must not stay on the page.
        if (event.state.phase.is === 'locked' || event.state.phase.is === 'empty') list.value = undefined;
        wasOpen = isNowOpen;
        break;
      }
      case 'transfer':
        break;
    }
  });
  void asking.again();
  return {
    list,
    failure,
    refresh: () => asking.again(),
    close() {
      isOpen = false;
      unhear();
    },
  };
}
