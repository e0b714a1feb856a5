/** Bulletins of groups that came in. What comes of users is no matter of this handler. */
import {
  isDimError,
  learnIdentity,
  Bulletin,
  type DocumentsCommand,
  type LearnedIdentity,
  type Missing,
  type Plan,
} from 'dimp';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import { reactionOf } from './command-handlers.ts';
import { readBulletin } from './group-bulletin.ts';
import type { GroupBook } from './group-book.ts';
import type { GroupContext } from './group-context.ts';
import { receiptFor, receiptTexts, type ReceiptText } from './group-receipts.ts';
import { keptDocuments } from './known-group.ts';

/**
 * Handles `documents` that bring those of a group; of users, and questions, it does nothing.
 *
 * It throws `CRYPTO_META_CHANGED` where somebody shows another key for a group that is known: raise the alarm.
 */
export function documentHandler(context: GroupContext, book: GroupBook): HandlerDefinition<DocumentsCommand> {
  return {
    defines: 'handler',
    kind: 'documents',
    isExclusive: true,
    handle: async (received) => {
      const { did, documents } = received.content;
      if (!did.isGroup || did.isBroadcast || documents === undefined) return undefined;
      return learnGroup(context, book, received);
    },
  };
}

async function learnGroup(
  context: GroupContext,
  book: GroupBook,
  received: Received<DocumentsCommand>,
): Promise<Reaction> {
  const { dim, store, self, clock } = context;
  const { did, meta, documents = [] } = received.content;
  const answer = (text: ReceiptText): Reaction => ({ replies: receiptFor(dim, self, received, text) });
  let learned: Plan<LearnedIdentity>;
  try {
    learned = await learnIdentity(dim, store, { id: did, meta, documents }, { clock: () => clock.now() });
  } catch (error) {
    if (!isDimError(error)) throw error;
    if (error.code === 'MISSING_META') {
      const wants: Missing[] = [...error.missing, { what: 'visa', id: did.entity }];
      return { ...answer(receiptTexts.noMeta(did)), wants };
    }
    if (error.code !== 'CRYPTO_VERIFY') throw error;
    return answer(receiptTexts.wrongMeta(did));
  }
  const { value, changes } = learned;
  const isKnown = await knownBefore(context, received.content);
  const sound = documents.filter((_, index) => !isDimError(value.documents[index]));
  const plan = await book.plan(did, { meta: value.meta, documents: sound });
  if (!plan.hasRoom) return {};
  const reaction = reactionOf(plan);
  const isNews = changes.length > 0 && plan.learned.length === 0;
  return {
    ...reaction,
    ...answer(textFor(received.content, value, isKnown)),
    changes: [...changes, ...plan.changes],
    learned: isNews ? [did.entity] : plan.learned,
  };
}

function textFor({ did }: DocumentsCommand, { documents }: LearnedIdentity, isKnown: boolean): ReceiptText {
  if (documents.some((outcome) => isDimError(outcome))) return receiptTexts.documentRefused(did);
  if (documents.includes('kept') || isKnown) return receiptTexts.documentKept(did);
  return receiptTexts.documentKnown(did);
}

/** Whether one of the documents is one that is kept: it was sent again, and is no older one. */
async function knownBefore({ dim, store }: GroupContext, { did, documents = [] }: DocumentsCommand): Promise<boolean> {
  const kept = (await keptDocuments(dim, store, did)).filter((document) => document instanceof Bulletin);
  const ids = new Set(kept.map((document) => readBulletin(dim, document).id));
  return documents.some((document) => document instanceof Bulletin && ids.has(readBulletin(dim, document).id));
}
