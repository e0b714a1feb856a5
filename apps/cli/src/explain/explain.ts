/** `dim explain`. */
import { explainMessage, type ID, type JsonMap, type Memory } from 'dimp';
import { ifReadable } from 'dimp/internal';
import type { Call, Result } from '../command/call.ts';
import { EXIT, exitCodeOf } from '../command/exit-codes.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { selfOf, type OpenHome } from '../home/open-home.ts';
import { isPassphraseGiven } from '../input/passphrase.ts';
import { readInput } from '../input/read-input.ts';
import { deviceOf } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';
import { withCopiedHome } from './copied-home.ts';
import type { Explained } from './explained.ts';
import { findPackages, type FoundPackages } from './find-packages.ts';
import { foundText } from './found-text.ts';
import { whyNotTried, withReason } from './not-tried.ts';
import { somethingElse } from './something-else.ts';

/** As the command takes them. */
export interface ExplainOptions {
  readonly open?: true | undefined;
  readonly content?: true | undefined;
  readonly skip?: string | undefined;
}

/** More messages of one file are not explained at once. */
const MAX_MESSAGES = 20;

const MAX_SKIPPED = 1_000_000_000;

/**
 * Explains what is in a file. The documented shape: `{ wrappings, messages: [{ explanation, otherwise, isLocked }], skipped, more, fault }`,
 * with an explanation as `explainMessage` of dimp gives it; `more` is how many follow, up to `MAX_COUNTED`.
 */
export async function explain(call: Call, file: string, options: ExplainOptions): Promise<Result> {
  const skip = skipOf(options.skip);
  const found = findPackages(await readInput(call.context, file), { skip, take: MAX_MESSAGES });
  const mayOpen = options.open === true || isPassphraseGiven(call);
  return withCopiedHome(call, async (open) => {
    if (open === undefined && call.globals.home !== undefined)
      call.note(`There is no identity in ${printable(call.globals.home)}: nothing is known here.`);
    const all: Explained[] = [];
    for (const bytes of found.packages) {
      call.context.signal.throwIfAborted();
      const showContent = options.content === true;
      const { explanation, isLocked } = await explainOne(call, open, bytes, { mayOpen, showContent });
      all.push({
        explanation: withReason(explanation, whyNotTried(call, open, isLocked)),
        isLocked,
        otherwise: somethingElse(bytes, explanation),
      });
    }
    return { json: jsonOf(found, all), text: foundText(call.context, found, all), exitCode: exitCodeFor(found, all) };
  });
}

function skipOf(text = '0'): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= MAX_SKIPPED) return count;
  throw wrong(`--skip must be a whole number of messages, not ${printable(text)}`);
}

async function explainOne(
  call: Call,
  open: OpenHome | undefined,
  bytes: Uint8Array,
  { mayOpen, showContent }: { readonly mayOpen: boolean; readonly showContent: boolean },
): Promise<Pick<Explained, 'explanation' | 'isLocked'>> {
  const known = { memory: open?.store, showContent };
  if (open === undefined) return { explanation: await explainMessage(dim, bytes, known), isLocked: false };
  const self = await readerOf(call, open, bytes);
  // Without the private keys first: nobody is asked for a passphrase that would not help.
  const locked = await explainMessage(dim, bytes, { ...known, memory: withoutKeys(open.store), self });
  const { opening } = locked;
  const isLocked = opening.is === 'missing' && opening.fault.code === 'MISSING_PRIVATE_KEY';
  if (!isLocked || self === undefined) return { explanation: locked, isLocked: false };
  // That there is no private key is not true: nobody has looked.
  if (!mayOpen) return { explanation: await explainMessage(dim, bytes, known), isLocked };
  const device = await deviceOf(self, open);
  return { explanation: await explainMessage(dim, bytes, { ...known, self: device }), isLocked: false };
}

/** The identity of this home that it is for; else the one that commands take. */
async function readerOf(call: Call, open: OpenHome, bytes: Uint8Array): Promise<ID | undefined> {
  const receiver = ifReadable(() => dim.Envelope.decode(bytes).receiver);
  const addressed = open.users.find((user) => receiver !== undefined && user.equals(receiver));
  if (call.globals.as === undefined && addressed !== undefined) return addressed;
  if (call.globals.as === undefined && open.users.length !== 1 && open.settings.self === undefined) return undefined;
  return selfOf(call, open);
}

function withoutKeys(store: Memory): Memory {
  return {
    meta: (id) => store.meta(id),
    documents: (id) => store.documents(id),
    keys: () => undefined,
    members: (group) => store.members(group),
    messageKeys: (direction, use) => store.messageKeys(direction, use),
    readState: (mark) => store.readState(mark),
  };
}

function jsonOf({ wrappings, skipped, more, fault }: FoundPackages, all: readonly Explained[]): JsonMap {
  return {
    wrappings,
    messages: all.map(({ explanation, otherwise, isLocked }) => ({
      explanation: explanation as unknown as JsonMap,
      otherwise: otherwise ?? null,
      isLocked,
    })),
    skipped,
    more,
    fault: fault === undefined ? null : { code: fault.code, path: fault.path, reason: fault.reason },
  };
}

/** By the first that is not well. */
function exitCodeFor({ packages, fault }: FoundPackages, all: readonly Explained[]): number {
  if (packages.length === 0) return EXIT.input;
  const codes = all.map((one) => exitCodeOfOne(one));
  return (
    [...codes, fault === undefined ? EXIT.done : exitCodeOf(fault.code)].find((code) => code !== EXIT.done) ?? EXIT.done
  );
}

function exitCodeOfOne({ explanation }: Explained): number {
  const { opening, signature, faults } = explanation;
  if (opening.is === 'opened' || (opening.is === 'not-tried' && signature.is === 'verified')) return EXIT.done;
  // It was opened once already, which is what is asked here.
  if (signature.is === 'verified' && faults.items[0]?.code === 'INPUT_REPLAY') return EXIT.done;
  return exitCodeOf(faults.items[0]?.code ?? 'INPUT_FORMAT');
}
