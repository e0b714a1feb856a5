/** Sentences about who a message is from. */
import type { ExplanationStep } from './explanation.ts';
import type {
  AttachedExplanation,
  IntroductionExplanation,
  ProofExplanation,
  SignatureExplanation,
} from './sender-explanation.ts';
import { because } from './words.ts';

export function introductionStep({ is, meta, visa }: IntroductionExplanation): ExplanationStep | undefined {
  if (is === 'absent') return undefined;
  const parts = [attached('meta', meta), attached('visa', visa)].filter((part) => part !== undefined);
  const isWrong = [meta, visa].some((part) => part.is === 'wrong');
  const isUnknown = is === 'not-used' || [meta, visa].some((part) => part.is === 'not-checked');
  const used = is === 'not-used' ? ' Nothing of it is believed, as the message is not.' : '';
  return {
    of: 'introduction',
    outcome: isWrong ? 'bad' : isUnknown ? 'unknown' : 'good',
    says: `Its sender attached ${parts.join(', and ')}.${used}`,
  };
}

function attached(what: 'meta' | 'visa', part: AttachedExplanation): string | undefined {
  switch (part.is) {
    case 'absent':
      return undefined;
    case 'known':
      return `the ${what} that is known here`;
    case 'new':
      return `a sound ${what} that is new here`;
    case 'not-checked':
      return `a ${what} that could not be checked`;
    case 'wrong':
    default:
      return `a ${what} that is wrong${because(part.fault)}`;
  }
}

export function signatureStep(signature: SignatureExplanation): ExplanationStep {
  switch (signature.is) {
    case 'absent':
      return say('bad', 'There is no signature: anybody can have written it.');
    case 'verified': {
      const { id, key, algorithm, fingerprint, metaFrom } = signature.by;
      const whose = key === 'meta' ? 'identity' : 'visa';
      const from = metaFrom === 'memory' ? 'known here before' : 'seen here for the first time, in this very message';
      return say('good', `It is signed by the ${algorithm} ${whose} key ${fingerprint} of ${id}, ${from}.`);
    }
    case 'another-identity':
      return say(
        'bad',
        'It is signed by another identity than the one that is known by this ID: compare IDs by other means.',
      );
    case 'wrong':
      return say('bad', `The signature is not the sender's${because(signature.fault)}.`);
    case 'not-checked':
    default:
      return say('unknown', `The signature could not be checked${because(signature.fault)}.`);
  }
}

function say(outcome: ExplanationStep['outcome'], says: string): ExplanationStep {
  return { of: 'signature', outcome, says };
}

export function proofStep(proof: ProofExplanation): ExplanationStep | undefined {
  const of = 'proof';
  switch (proof.is) {
    case 'absent':
      if (!proof.isDemanded) return undefined;
      return { of, outcome: 'bad', says: 'Its sender does not prove the envelope, which is demanded here.' };
    case 'verified': {
      const what = proof.group === undefined ? 'the envelope' : `the envelope, as written to the group ${proof.group}`;
      return { of, outcome: 'good', says: `Its sender signed ${what}, too.` };
    }
    case 'wrong':
      return { of, outcome: 'bad', says: `The envelope is not as its sender signed it${because(proof.fault)}.` };
    case 'not-checked':
    default:
      return { of, outcome: 'unknown', says: 'There is a proof of the envelope, which could not be checked.' };
  }
}
