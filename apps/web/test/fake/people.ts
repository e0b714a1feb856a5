/** The people and the settings of a fake engine. */
import type { MeView, PersonDetails, PersonView } from '../../src/protocol/views.ts';
import { EngineError } from '../../src/link/engine-link.ts';

/** Where links of the fake lead. */
const PAGE = 'https://chat.example/';

/** An ID, for the text that names it. */
export function fakeId(seed: string, type = '0x'): string {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  let digits = '';
  while (digits.length < 40) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = (state ^ (state >>> 12)) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return `${type}${digits.slice(0, 40)}`;
}

export const ME = fakeId('me');

/** The end of an ID stands beside what others chose. */
function ended(id: string, nameFrom: PersonView['nameFrom']): Pick<PersonView, 'nameFrom' | 'end'> {
  return { nameFrom, end: nameFrom === 'peer' ? id.slice(-8) : undefined };
}

/** Somebody whom nobody has said anything of. */
export function person(seed: string, known: Partial<PersonView> = {}): PersonView {
  const id = known.id ?? fakeId(seed);
  return {
    id,
    name: seed,
    chosenName: undefined,
    isGroup: false,
    isContact: true,
    isBlocked: false,
    isMuted: false,
    isVerified: false,
    hasAlarm: false,
    ...ended(id, known.nameFrom ?? 'peer'),
    ...known,
  };
}

/** Names as people choose them, and as those choose them who mean harm. */
export const EVERYBODY: readonly PersonView[] = [
  person('me', { id: ME, name: 'Robin', nameFrom: 'self', isContact: false }),
  person('Alice', { isVerified: true }),
  person('Bob', { name: 'Bob from work', nameFrom: 'alias', chosenName: 'Bob' }),
  person('Carol', { hasAlarm: true }),
  person('Dave', { isMuted: true }),
  person('Eve', { name: 'Eve', isBlocked: true }),
  person('王小明'),
  person('ليلى'),
  person('<img src=x onerror=alert(1)>'),
  person('turned', { name: 'Mallory \u202Egpj.exe' }),
  person('long', {
    name: 'A person whose name is so long that it does not fit into any list, however wide it may be',
  }),
  person('nobody', { id: fakeId('nobody'), name: fakeId('nobody').slice(-8), nameFrom: 'id' }),
  person('Stranger', { isContact: false }),
  person('Other stranger', { isContact: false }),
  person('Hikers', { id: fakeId('Hikers', 'Group-hikers@'), name: 'Hikers', isGroup: true }),
  person('Choir', { id: fakeId('Choir', 'Group-choir@'), name: 'Choir', isGroup: true, isContact: false }),
  person('Family', { id: fakeId('Family', 'Group-family@'), name: 'Family', isGroup: true }),
];

export class FakePeople {
  readonly all = new Map<string, PersonView>();

  constructor(isAlone: boolean) {
    for (const one of isAlone ? [] : EVERYBODY) this.all.set(one.id, one);
  }

  /** @throws EngineError of an ID that is none */
  get(id: string): PersonView {
    const known = this.all.get(id);
    if (known !== undefined) return known;
    if (!/^[\w@.-]{8,120}$/.test(id)) {
      throw new EngineError({ code: 'INPUT_FORMAT', path: 'id', reason: `"${id}" is no ID` });
    }
    return person(id.slice(-8), { id, nameFrom: 'id', isContact: false });
  }

  change(id: string, change: Partial<PersonView>): PersonView {
    const next = { ...this.get(id), ...change };
    this.all.set(id, next);
    return next;
  }

  /** An alias, or none any longer. */
  rename(id: string, alias: string | undefined): PersonView {
    const { name, nameFrom, chosenName } = this.get(id);
    const chosen = nameFrom === 'alias' ? chosenName : nameFrom === 'peer' ? name : undefined;
    if (alias !== undefined && alias !== '') {
      return this.change(id, { name: alias, ...ended(id, 'alias'), chosenName: chosen });
    }
    return chosen === undefined
      ? this.change(id, { name: id.slice(-8), ...ended(id, 'id'), chosenName: undefined })
      : this.change(id, { name: chosen, ...ended(id, 'peer'), chosenName: undefined });
  }

  contacts(): readonly PersonView[] {
    return [...this.all.values()].filter(({ isContact, isGroup }) => isContact && !isGroup);
  }

  details(id: string): PersonDetails {
    if (!this.all.has(id) && !id.includes('@'))
      throw new EngineError({ code: 'INPUT_FORMAT', path: 'id', reason: 'must be the ID of a person' });
    const one = this.get(id);
    return {
      ...one,
      code: one.nameFrom === 'id' ? undefined : codeOf(id),
      link: linkOf(id),
      groups: [...this.all.values()].filter(({ isGroup }) => isGroup),
    };
  }
}

export function linkOf(id: string): string {
  return `${PAGE}#contact=${id}`;
}

/** The ID in a link of the page, or the text itself. */
export function idIn(text: string): string {
  const at = text.indexOf('#contact=');
  return (at < 0 ? text : text.slice(at + '#contact='.length)).trim();
}

/** Sixty digits. */
function codeOf(id: string): string {
  const digits = Array.from(`${id}${id}`, (character) => (character.codePointAt(0) ?? 0) % 10).join('');
  return (digits.slice(2, 62).match(/\d{5}/g) ?? []).join(' ');
}

export function meView(name: string, isSealed: boolean): MeView {
  return {
    id: ME,
    name,
    terminal: 'web',
    devices: [
      { terminal: 'web', since: 1_767_225_600, isThis: true },
      { terminal: 'phone', since: 1_764_547_200, isThis: false },
    ],
    isSealed,
    link: linkOf(ME),
  };
}
