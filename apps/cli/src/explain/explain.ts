/** `dim explain`. */
import { explainMessage, type ID, type JsonMap, type Memory, type MessageExplanation } from 'dimp';
import { ifReadable } from 'dimp/internal';
import type { Call, Result } from '../command/call.ts';
import { EXIT, exitCodeOf } from '../command/exit-codes.ts';
import { dim } from '../home/dim.ts';
import { selfOf, type OpenHome } from '../home/open-home.ts';
import { isPassphraseGiven } from '../input/passphrase.ts';
import { readInput } from '../input/read-input.ts';
import { deviceOf } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';
import { styleFor } from '../text/style.ts';
import { withCopiedHome } from './copied-home.ts';
import { explanationText } from './explanation-text.ts';
import { findPackages, type FoundPackages } from './find-packages.ts';
import { somethingElse } from './something-else.ts';

/** As the command takes them. */
export interface ExplainOptions {
  readonly open?: true | undefined;
  readonly content?: true | undefined;
}

/** More messages of one file are not explained. */
const MAX_MESSAGES = 20;

/** One of what was found. */
interface Explained {
  readonly explanation: MessageExplanation;
  /** What it is where it is no message. */
  readonly otherwise: string | undefined;
  /** Whether it could be opened with a passphrase that nobody gave. */
  readonly isLocked: boolean;
}

/**
 * Explains what is in a file. The documented shape: `{ wrappings, messages: [{ explanation, otherwise, isLocked }], more, fault }`, with
 * an explanation as `explainMessage` of dimp gives it.
 */
export async function explain(call: Call, file: string, options: ExplainOptions): Promise<Result> {
  const found = findPackages(await readInput(call.context, file));
  const mayOpen = options.open === true || isPassphraseGiven(call);
  return withCopiedHome(call, async (open) => {
    if (open === undefined && call.globals.home !== undefined)
      call.note(`There is no identity in ${printable(call.globals.home)}: nothing is known here.`);
    const all: Explained[] = [];
    for (const bytes of found.packages.slice(0, MAX_MESSAGES)) {
      const showContent = options.content === true;
      const { explanation, isLocked } = await explainOne(call, open, bytes, { mayOpen, showContent });
      all.push({ explanation, isLocked, otherwise: somethingElse(bytes, explanation) });
    }
    return { json: jsonOf(found, all), text: textOf(call, found, all), exitCode: exitCodeFor(found, all) };
  });
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

function jsonOf({ wrappings, packages, fault }: FoundPackages, all: readonly Explained[]): JsonMap {
  return {
    wrappings,
    messages: all.map(({ explanation, otherwise, isLocked }) => ({
      explanation: explanation as unknown as JsonMap,
      otherwise: otherwise ?? null,
      isLocked,
    })),
    more: packages.length - all.length,
    fault: fault === undefined ? null : { code: fault.code, path: fault.path, reason: fault.reason },
  };
}

const WRAPPED = {
  mtp: 'in the framing of TCP connections',
  list: 'in a list',
  lines: 'one a line',
  quotes: 'in quotes',
  base64: 'in base64',
} as const;

function textOf(call: Call, { wrappings, packages, fault }: FoundPackages, all: readonly Explained[]): string {
  const { stdout: output, environment } = call.context;
  const style = styleFor({ output, environment });
  const wrapped = wrappings.map((wrapping) => WRAPPED[wrapping]).join(', ');
  const parts = all.map(({ explanation, otherwise, isLocked }) => {
    if (otherwise !== undefined) return otherwise;
    const text = explanationText(explanation, output.columns, style);
    return isLocked ? `${text}\n    Say --open, or give the passphrase, to see whether it opens here.` : text;
  });
  if (packages.length === 0) parts.push('There is no message in it.');
  const head =
    wrappings.length === 0 ? [] : [`${packages.length === 1 ? 'It was' : `${packages.length} were`} ${wrapped}.`];
  const more = packages.length === all.length ? [] : [`${packages.length - all.length} more are not explained.`];
  const broken = fault === undefined ? [] : [`What follows is broken: ${fault.reason}.`];
  return [...head, ...parts, ...broken, ...more].join('\n\n');
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
