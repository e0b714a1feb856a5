/** What an engine is given of messages, checked and copied: one place for all engines, so that each refuses the same. */
import { DimError } from 'dimp';
import { typeName } from 'dimp/extend';
import { bytesArgument } from 'dimp/internal';
import type { Acknowledgement, Box, MailboxLimits, Posting, ReadLimits } from '../ports/mailbox.ts';

/** A posting that says all. */
export type CheckedPosting = Posting & { readonly isFromStranger: boolean; readonly isToStranger: boolean };

/**
 * The postings with bytes of their own: what the caller does later does not reach the engine.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function checkPostings(postings: readonly Posting[]): readonly CheckedPosting[] {
  return postings.map(({ boxes, sender, isFromStranger = false, isToStranger = false, bytes, mark, keptAt }, index) => {
    const path = `postings[${index}]`;
    checkText(sender, `${path}.sender`);
    checkYesOrNo(isFromStranger, `${path}.isFromStranger`);
    checkYesOrNo(isToStranger, `${path}.isToStranger`);
    checkText(mark, `${path}.mark`);
    checkTime(keptAt, `${path}.keptAt`);
    return {
      boxes: boxes.map((box, place) => checkBox(box, `${path}.boxes[${place}]`)),
      sender,
      isFromStranger,
      isToStranger,
      bytes: bytesArgument(bytes, `${path}.bytes`).slice(),
      mark,
      keptAt,
    };
  });
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkAcknowledgements(acknowledgements: readonly Acknowledgement[]): readonly Acknowledgement[] {
  return acknowledgements.map(({ box, positions }, index) => {
    const path = `acknowledgements[${index}]`;
    for (const position of positions) checkNumber(position, `${path}.positions`);
    return { box: checkBox(box, `${path}.box`), positions: [...positions] };
  });
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkBox({ user, terminal }: Box, path = 'box'): Box {
  checkText(user, `${path}.user`);
  checkText(terminal, `${path}.terminal`);
  return { user, terminal };
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkMailboxLimits(limits: MailboxLimits): Required<MailboxLimits> {
  const { senderShare = Infinity, strangersPart = 1 } = limits;
  const { totalBytes = Infinity, senderTotalBytes = Infinity, toStrangersBytes = Infinity } = limits;
  const others = { senderShare, strangersPart, totalBytes, senderTotalBytes, toStrangersBytes };
  for (const [name, value] of Object.entries(others)) checkCount(value, `limits.${name}`);
  return { ...checkLimits(limits), ...others };
}

/** Of one reading. @throws DimError `USAGE_ARGUMENT` */
export function checkLimits({ messages, bytes }: ReadLimits): ReadLimits {
  checkCount(messages, 'limits.messages');
  checkCount(bytes, 'limits.bytes');
  return { messages, bytes };
}

/** A number of things, which may be without an end. @throws DimError `USAGE_ARGUMENT` */
export function checkCount(count: unknown, path: string): void {
  if (!(typeof count === 'number' && count >= 0)) throw wrong(path, 'a number, 0 or more', count);
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkTime(time: unknown, path: string): void {
  if (!(typeof time === 'number' && !Number.isNaN(time))) throw wrong(path, 'a time in seconds', time);
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkNumber(number: unknown, path: string): void {
  if (!Number.isSafeInteger(number)) throw wrong(path, 'a whole number', number);
}

/** @throws DimError `USAGE_ARGUMENT` */
function checkYesOrNo(value: unknown, path: string): void {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false', value);
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkText(text: unknown, path: string): void {
  if (typeof text !== 'string') throw wrong(path, 'text', text);
}

function wrong(path: string, what: string, value: unknown): DimError {
  const is = typeof value === 'number' ? String(value) : typeName(value);
  return new DimError('USAGE_ARGUMENT', `must be ${what}, not ${is}`, { path });
}
