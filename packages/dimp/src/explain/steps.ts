/** An explanation in sentences, in the order of reading. */
import type { ExplanationStep, MessageExplanation } from './explanation.ts';
import { isOfMessage } from './form-explanation.ts';
import { contentStep, openingStep } from './say-opening.ts';
import { envelopeSteps, formStep, keysStep } from './say-message.ts';
import { introductionStep, proofStep, signatureStep } from './say-sender.ts';

export type Explained = Omit<MessageExplanation, 'faults' | 'steps'>;

export function stepsOf(explained: Explained): readonly ExplanationStep[] {
  const form = formStep(explained.form);
  const before = isOfMessage(explained.form.is) ? [form, ...messageSteps(explained)] : [form];
  const said = before.map(({ says }) => says).join(' ');
  const isAsked = isOfMessage(explained.form.is) || explained.opening.is !== 'not-tried';
  const after = [
    isAsked ? openingStep(explained.opening, said) : undefined,
    contentStep(explained.content),
    unknownStep(explained.unknownFields),
  ];
  return [...before, ...after.filter((step) => step !== undefined)];
}

function messageSteps(explained: Explained): readonly ExplanationStep[] {
  const steps = [
    ...envelopeSteps(explained.envelope),
    introductionStep(explained.introduction),
    signatureStep(explained.signature),
    proofStep(explained.proof),
    keysStep(explained.keys),
  ];
  return steps.filter((step) => step !== undefined);
}

function unknownStep({ items, more }: Explained['unknownFields']): ExplanationStep | undefined {
  if (items.length === 0) return undefined;
  const others = more === 0 ? '' : ` and ${more} more`;
  return {
    of: 'unknownFields',
    outcome: 'unknown',
    says: `Nobody here knows the fields ${items.join(', ')}${others}; they are kept.`,
  };
}
