import { common } from './common.ts';
import { failures } from './failures.ts';
import { people } from './people.ts';
import { start } from './start.ts';
import { talk } from './talk.ts';

export const en = { ...common, ...failures, ...start, ...people, ...talk };
