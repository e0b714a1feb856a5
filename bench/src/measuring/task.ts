/** What a process of its own measures, and where. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Effort } from './turns.ts';

/** One thing to measure. */
export type Task =
  /** A row with compiled code, or its first runs. */
  | { readonly measure: 'warm' | 'first'; readonly row: string; readonly side: 'ours' | 'portable' }
  /** What is measured beside the rows, by its name. */
  | { readonly measure: 'beside'; readonly what: string };

/** With what to measure it. */
export interface Assignment {
  readonly task: Task;
  readonly quick: boolean;
  readonly effort: Effort;
  /** The path of the fixtures. */
  readonly fixtures: string;
}

const PROGRAM = fileURLToPath(new URL('process.js', import.meta.url));

/**
 * Measures in a new process, where no code is compiled for anything else.
 * @param program a `node`
 * @throws Error when the process fails
 */
export async function measureIn<T>(program: string, assignment: Assignment): Promise<T> {
  const child = spawn(program, ['--expose-gc', PROGRAM, JSON.stringify(assignment)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`measuring ${JSON.stringify(assignment.task)} ended with ${status}`);
  return JSON.parse(output) as T;
}
