import type { IsApart } from '../doubled.ts';
import { common } from './common.ts';
import { failures } from './failures.ts';
import { people } from './people.ts';
import { start } from './start.ts';
import { talk } from './talk.ts';

export const en = { ...common, ...failures, ...start, ...people, ...talk };

true satisfies IsApart<[typeof common, typeof failures, typeof start, typeof people, typeof talk]>;
