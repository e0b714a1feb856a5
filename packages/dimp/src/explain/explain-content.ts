/** Whether a message can be opened, and what is in it. */
import { isDimError, type Content, type DimError, type ID } from 'dkd';
import { Command } from '../commands/command.ts';
import { excerptOf } from './excerpt.ts';
import { faultOf } from './fault.ts';
import type {
  AgreementExplanation,
  ContentExplanation,
  ContentFacts,
  Freshness,
  OpeningExplanation,
} from './opening-explanation.ts';
import type { ReadSender } from './explain-sender.ts';
import type { ReadContent } from './read-content.ts';

/** @param end what a messenger ends with */
export function explainOpening(
  self: ID | undefined,
  { decrypted }: ReadContent,
  from: ReadSender | undefined,
  end: DimError | undefined,
): OpeningExplanation {
  if (self === undefined) return { is: 'not-tried' };
  if (end !== undefined) return { is: failureOf(end), fault: faultOf(end) };
  if (decrypted?.ok !== true || from?.proof?.ok !== true) throw new TypeError('it was opened without its steps');
  const { messageKey } = decrypted.value;
  return {
    is: 'opened',
    wasEncrypted: messageKey !== undefined,
    ...(messageKey !== undefined && { algorithm: messageKey.algorithm }),
    authenticated: from.proof.value,
  };
}

function failureOf({ code }: DimError): 'not-for-here' | 'missing' | 'failed' {
  if (code === 'NOT_RECIPIENT') return 'not-for-here';
  return code.startsWith('MISSING_') ? 'missing' : 'failed';
}

/** How to tell of a content. */
export interface ExplainContentOptions {
  /** Whether there are data that could not be read. */
  readonly isSealed: boolean;
  readonly showContent: boolean;
  readonly isReplayAsked: boolean;
  readonly hasMemory: boolean;
}

export function explainContent(read: ReadContent, options: ExplainContentOptions): ContentExplanation {
  const { found, agreement, times } = read;
  if (found === undefined) return { is: options.isSealed ? 'sealed' : 'absent' };
  const { from, content, fault } = found;
  const shown = options.showContent && content !== undefined ? { shown: excerptOf(content.fields) } : {};
  if (content === undefined || fault !== undefined) {
    if (!isDimError(fault)) throw new TypeError('a content that cannot be read has a fault');
    return { is: 'damaged', from, fault: faultOf(fault), ...(content && factsOf(content)), ...shown };
  }
  const difference = times?.ok === true ? times.value : undefined;
  return {
    is: 'read',
    from,
    kind: content.kind,
    ...factsOf(content),
    agreement: agreementOf(agreement),
    ...(difference !== undefined && { timeDifference: difference }),
    freshness: freshnessOf(read.unread, options),
    ...shown,
  };
}

function factsOf(content: Content): ContentFacts {
  const { type, sn, time, group } = content;
  return {
    type,
    sn: String(sn),
    ...(time !== undefined && { time }),
    ...(group !== undefined && { group: group.toString() }),
    ...(content instanceof Command && { command: content.command }),
  };
}

function agreementOf(agreement: ReadContent['agreement']): AgreementExplanation {
  if (agreement === undefined) return { is: 'not-compared' };
  return agreement.ok ? { is: 'agrees' } : { is: 'differs', fault: faultOf(agreement.error) };
}

const REFUSED: Readonly<Partial<Record<DimError['code'], Freshness>>> = {
  INPUT_REPLAY: 'read-before',
  INPUT_TOO_EARLY: 'too-early',
  INPUT_TOO_LATE: 'too-late',
  INPUT_MISSING: 'undated',
};

function freshnessOf(unread: ReadContent['unread'], { isReplayAsked, hasMemory }: ExplainContentOptions): Freshness {
  if (!isReplayAsked) return 'not-asked';
  if (unread === undefined) return 'not-known';
  if (!unread.ok) return REFUSED[unread.error.code] ?? 'not-known';
  return hasMemory ? 'new' : 'not-known';
}
