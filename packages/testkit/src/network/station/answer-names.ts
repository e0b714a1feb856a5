/** Answers to queries for names. */
import { NO_ANSWER, reply, type Answer, type Request } from './answer.ts';
import { answerReceipt } from './receipts.ts';
import type { StationContext } from './station-context.ts';
import { textField } from './text-field.ts';

/** `ans`: whom names stand for, and which are unknown. */
export function answerNames(context: StationContext, request: Request): Answer {
  const text = textField(request.content.fields, 'names') ?? '';
  const names = text.split(/\s+/).filter((name) => name !== '');
  if (names.length === 0) return reply(answerReceipt('ANS command error.', request));
  const missed = names.filter((name) => context.named(name) === undefined);
  if (missed.length > 0 && context.quirks.dropsUnknownNames === true) return NO_ANSWER;
  const records = Object.fromEntries(
    names.flatMap((name) => {
      const id = context.named(name);
      return id === undefined ? [] : [[name, id.toString()]];
    }),
  );
  return reply({ command: 'ans', names: names.join(' '), records, ...(missed.length > 0 && { missed }) });
}
