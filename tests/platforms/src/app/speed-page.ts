/** The script of the page that measures. */
import { prepareSpeed, type Speed } from './speed.ts';

const prepared: Speed[] = [];

const speed = {
  /** Gives the number under which the pair is measured. */
  prepare: async (pair: readonly [string, string]) => prepared.push(await prepareSpeed(pair)) - 1,
  pack: (index: number, milliseconds: number) => at(index).pack(milliseconds),
  unpack: (index: number, milliseconds: number) => at(index).unpack(milliseconds),
};

export type PageSpeed = typeof speed;

Object.assign(globalThis, { speed });

function at(index: number): Speed {
  const found = prepared[index];
  if (found === undefined) throw new Error('nothing was prepared');
  return found;
}
