/** All rows of the matrix. */
import type { Scenario } from '../scenario.ts';
import { CONTENTS } from './contents.ts';
import { IDENTITIES } from './identities.ts';
import { KEYS } from './keys.ts';
import { MESSAGES } from './messages.ts';
import { REFUSALS } from './refusals.ts';

export const SCENARIOS: readonly Scenario[] = [...IDENTITIES, ...KEYS, ...MESSAGES, ...CONTENTS, ...REFUSALS];
