import { common } from './common.ts';
import { people } from './people.ts';
import { start } from './start.ts';
import { talk } from './talk.ts';

export const zh = { ...common, ...start, ...people, ...talk };
