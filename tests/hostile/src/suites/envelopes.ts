/** `envelopes.json`: envelopes as maps. */
import { dim } from '../dim.ts';
import { parsing, type Suite } from '../suite.ts';

export const envelopes: Suite = parsing((input) => dim.Envelope.parse(input));
