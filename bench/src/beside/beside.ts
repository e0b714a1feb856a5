/** What is measured beside the rows, each in a process of its own. */
import type { Assignment } from '../measuring/task.ts';
import type { Side } from '../people/people.ts';
import { measureGrowth, type Growth } from './growth.ts';
import { measureMemory, type Memory } from './memory.ts';
import { measureResponsiveness, type Responsiveness } from './responsiveness.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

/** What is found on one version of Node. */
export interface Beside {
  readonly memory: Memory;
  readonly growth: readonly Growth[];
  readonly throughput: Throughput;
  readonly responsiveness: Responsiveness;
}

type Measurement<T> = (side: Side, assignment: Assignment) => Promise<T>;

export const BESIDE: { readonly [K in keyof Beside]: Measurement<Beside[K]> } = {
  memory: async (side, { quick }) => measureMemory(side, quick ? [1e4, 1e5] : [1e4, 1e5, 5e5, 1e6]),
  growth: async (side, { effort }) => measureGrowth(side, effort),
  throughput: async (side, { effort }) => measureThroughput(side, effort),
  responsiveness: async (_side, { quick }) => measureResponsiveness(quick ? 1000 : 10_000),
};
