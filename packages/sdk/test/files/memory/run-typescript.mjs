/** Runs the sources as they are, for programs of tests: node --import ./run-typescript.mjs program.ts */
import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// The hooks run in a thread of their own, which loads this file once more.
if (isMainThread) register(import.meta.url);

/** A hook of Node: what is loaded from a file whose name ends in .ts. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { useDefineForClassFields: false } },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
