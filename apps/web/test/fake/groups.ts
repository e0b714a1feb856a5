/** The groups of a fake engine. */
import type { Parameter } from '../../src/protocol/calls.ts';
import type { GroupView, HistoryView, Role } from '../../src/protocol/views.ts';
import { fakeId, ME, person, type FakePeople } from './people.ts';

export class FakeGroups {
  readonly #people: FakePeople;
  readonly #now: () => number;
  readonly #roles = new Map<string, Map<string, Role>>();
  readonly #history = new Map<string, HistoryView[]>();
  readonly #left = new Set<string>();
  readonly #refused = new Set<string>();
  readonly #asked = new Set<string>();

  constructor(people: FakePeople, now: () => number) {
    this.#people = people;
    this.#now = now;
    if (people.all.size === 0) return;
    const hikers = fakeId('Hikers', 'Group-hikers@');
    this.#found(hikers, ME, [fakeId('Alice'), fakeId('Bob'), fakeId('turned')], 100_000);
    this.#roles.get(hikers)?.set(fakeId('Alice'), 'administrator');
    this.#found(fakeId('Choir', 'Group-choir@'), fakeId('Carol'), []);
    this.#asked.add(fakeId('Choir', 'Group-choir@'));
    for (const [ago, did, about, by] of [
      [90_000, 'hired', ['Alice'], undefined],
      [650, 'admitted', ['Bob'], 'Alice'],
      [640, 'removed', ['<img src=x onerror=alert(1)>', 'long'], 'Alice'],
      [100, 'left', [], 'Carol'],
    ] as const)
      this.#note(
        hikers,
        did,
        about.map((one) => fakeId(one)),
        { by: by && fakeId(by), ago },
      );
    this.#note(hikers, 'renamed', [], { ago: 60, name: 'Hikers \u201d of the north' });
    this.#found(fakeId('Family', 'Group-family@'), fakeId('王小明'), [ME, fakeId('ليلى')], 50_000);
  }

  get(id: string): GroupView | undefined {
    const roles = this.#roles.get(id);
    if (roles === undefined) return undefined;
    const role = this.#left.has(id) ? 'stranger' : (roles.get(ME) ?? 'stranger');
    const isChief = role === 'owner' || role === 'administrator';
    const isIn = role !== 'stranger';
    return {
      id,
      with: this.#people.get(id),
      publicName: this.#people.get(id).chosenName ?? this.#people.get(id).name,
      hasMembers: true,
      role,
      members: [...roles].map(([member, its]) => ({ person: this.#people.get(member), role: its })),
      waiting:
        isChief && !this.#refused.has(id)
          ? [{ person: this.#people.get(fakeId('Other stranger')), by: undefined, time: this.#now() - 3600 }]
          : [],
      may: {
        write: isIn,
        invite: isIn,
        refuse: isChief,
        expel: isChief,
        quit: isIn && role !== 'owner',
        resign: role === 'administrator',
        hire: role === 'owner',
        fire: role === 'owner',
        rename: role === 'owner',
        dissolve: role === 'owner',
      },
      askedAt: this.#asked.has(id) ? this.#now() - 7200 : undefined,
      isEnded: roles.size === 1,
      link: `https://chat.example/#group=${id}`,
    };
  }

  history(id: string): readonly HistoryView[] {
    return this.#history.get(id) ?? [];
  }

  stopJoining(id: string): void {
    this.#asked.delete(id);
  }

  found({ name, members }: Parameter<'foundGroup'>): GroupView {
    const id = fakeId(`${name}${this.#roles.size}`, 'Group-new@');
    this.#people.all.set(id, person(name, { id, isGroup: true }));
    this.#found(id, ME, members);
    return this.#known(id);
  }

  change(change: Parameter<'changeGroup'>): GroupView {
    const { id } = change;
    const roles = this.#roles.get(id) ?? new Map<string, Role>();
    switch (change.do) {
      case 'invite':
        for (const one of change.people) if (!roles.has(one)) roles.set(one, 'member');
        this.#note(id, 'added', change.people);
        break;
      case 'expel':
        for (const one of change.people) roles.delete(one);
        this.#note(id, 'removed', change.people);
        break;
      case 'refuse':
        this.#refused.add(id);
        break;
      case 'hire':
      case 'fire':
        for (const one of change.people) roles.set(one, change.do === 'hire' ? 'administrator' : 'member');
        this.#note(id, change.do === 'hire' ? 'hired' : 'fired', change.people);
        break;
      case 'quit':
        roles.delete(ME);
        this.#left.add(id);
        this.#note(id, 'left', []);
        break;
      case 'resign':
        roles.set(ME, 'member');
        this.#note(id, 'resigned', []);
        break;
      case 'dissolve':
        this.#note(
          id,
          'ended',
          [...roles.keys()].filter((one) => one !== ME),
        );
        for (const one of roles.keys()) if (one !== ME) roles.delete(one);
        this.#refused.add(id);
        break;
      case 'rename':
        this.#people.change(id, { name: change.name });
        this.#note(id, 'renamed', [], { name: change.name });
        break;
    }
    return this.#known(id);
  }

  #known(id: string): GroupView {
    const known = this.get(id);
    if (known === undefined) throw new Error(`the fake has no group ${id}`);
    return known;
  }

  #found(id: string, owner: string, members: readonly string[], ago = 0): void {
    const roles = new Map<string, Role>([[owner, 'owner']]);
    for (const member of members) roles.set(member, 'member');
    this.#roles.set(id, roles);
    this.#history.set(id, []);
    this.#note(id, 'founded', members, { by: owner, ago });
  }

  #note(
    id: string,
    did: HistoryView['did'],
    about: readonly string[],
    {
      by = ME,
      ago = 0,
      name,
    }: { readonly by?: string | undefined; readonly ago?: number; readonly name?: string } = {},
  ): void {
    const people = about.map((one) => this.#people.get(one)).slice(0, 12);
    const all = this.#history.get(id) ?? [];
    const key = `${id} ${all.length}`;
    const [author, time] = [this.#people.get(by), this.#now() - ago];
    all.push({ key, time, author, did, people, count: about.length, name });
  }
}
