/** What our own packages export, by their API reports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOM } from './names.ts';

const PACKAGES = join(ROOM, '../../packages');

interface Export {
  readonly members: ReadonlySet<string>;
  /** Names of what it is made of: it has their members too. */
  readonly bases: readonly string[];
}

/** The exports of a door, for example of `dimp/extend`. */
type Door = Map<string, Export>;

export class Exports {
  readonly #doors = new Map<string, Door>();

  constructor() {
    const passedOn: { readonly from: string; readonly to: string }[] = [];
    for (const report of reports()) {
      const text = readFileSync(report, 'utf8');
      const door = /^## `([^`]*)`/.exec(text)?.[1];
      if (door === undefined) throw new Error(`${report} does not say of which door it is`);
      this.#doors.set(door, exportsOf(text));
      for (const [, from = ''] of text.matchAll(/^export \* from "([^"]*)";/gm)) passedOn.push({ from, to: door });
    }
    // From the lowest package up: dimp has what dkd has of mkm.
    const order = ['mkm', 'mkm/extend', 'dkd', 'dkd/extend'];
    passedOn.sort((one, other) => order.indexOf(one.from) - order.indexOf(other.from));
    for (const { from, to } of passedOn) {
      const upper = this.#doors.get(to);
      for (const [name, one] of this.#doors.get(from) ?? []) if (upper?.has(name) === false) upper.set(name, one);
    }
  }

  /** Whether there is what `reference` names: `dimp:ID`, or with a member, `dimp:ID.isBroadcast`. */
  has(reference: string): boolean {
    const { door, name, member } = partsOf(reference);
    const found = this.#doors.get(door)?.get(name);
    return found !== undefined && (member === undefined || this.membersOf(reference).has(member));
  }

  /** Of the export that `reference` names, with those it has from others. */
  membersOf(reference: string): ReadonlySet<string> {
    const { door, name } = partsOf(reference);
    const members = new Set<string>();
    const walked = new Set<string>();
    const walk = (one: string): void => {
      const found =
        this.#doors.get(door)?.get(one) ?? [...this.#doors.values()].find((other) => other.has(one))?.get(one);
      if (found === undefined || walked.has(one)) return;
      walked.add(one);
      for (const member of found.members) members.add(member);
      for (const base of found.bases) walk(base);
    };
    walk(name);
    return members;
  }
}

export function partsOf(reference: string): { readonly door: string; readonly name: string; readonly member?: string } {
  const [door = '', path = ''] = reference.split(':');
  const [name = '', member] = path.split('.');
  return member === undefined ? { door, name } : { door, name, member };
}

function reports(): readonly string[] {
  return readdirSync(PACKAGES).flatMap((folder) =>
    readdirSync(join(PACKAGES, folder, 'api'))
      .filter((file) => file.endsWith('.api.md'))
      .map((file) => join(PACKAGES, folder, 'api', file)),
  );
}

function exportsOf(text: string): Door {
  const door: Door = new Map();
  const inside = new Map<string, Export>();
  for (const block of text.split(/^\/\/ @public.*$/m)) {
    const head = /^(export )?(?:abstract )?(class|interface|type|const|function) (\w+)([^{=]*)/m.exec(block);
    if (head === null) continue;
    const [, isExported, word, name = '', rest = ''] = head;
    const made = word === 'type' ? block.slice(head.index) : rest;
    const found = { members: membersIn(block), bases: word === 'function' ? [] : (made.match(/\b[A-Z]\w*/g) ?? []) };
    (isExported === undefined ? inside : door).set(name, found);
  }
  for (const [, name = '', as = ''] of text.matchAll(/^export \{ (\w+) as (\w+) \}/gm)) {
    const found = inside.get(name);
    if (found !== undefined) door.set(as, found);
  }
  return door;
}

function membersIn(block: string): ReadonlySet<string> {
  const lines = block.matchAll(/^ {4}(?:readonly |static |abstract |get )*([A-Za-z]\w*)(?:[?(<:]| =)/gm);
  return new Set([...lines].map(([, member = '']) => member));
}
