/** Who is in the scenarios. */
import type { ID } from 'dimp';
import type { Direction } from '../run.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import type { DimplesPerson } from './dimples-person.ts';
import type { LivingNetwork } from './living-network.ts';
import type { Person } from './person.ts';
import type { StationProgram } from './station-program.ts';

/** Two devices of one user. */
export type Devices<P extends Person = Person> = readonly [phone: P, tablet: P];

/** The people with the peer's client, who are the same for all transports. */
export interface Peers {
  readonly alice: DimplesPerson;
  readonly bob: DimplesPerson;
  readonly carol: Devices<DimplesPerson>;
}

/** Them, and the users of this library, who come anew for each transport. */
export interface Cast extends Peers {
  readonly nora: Person;
  /** Nora's way to the station. */
  readonly link: Pick<CuttingProxy, 'cut' | 'mend'>;
  readonly mia: Devices;
  readonly station: StationProgram;
}

/** A scenario in one direction: what it is about is done by the first one. */
export interface Meeting {
  readonly cast: Cast;
  readonly first: Person;
  readonly second: Person;
  readonly third: Person;
  /** Of a user with the client that `first` does not have. */
  readonly devices: Devices;
  /** A text that nobody wrote before. */
  readonly words: (about: string) => string;
}

/** Who meets whom. In the other direction, Nora is a stranger again. */
export function meetingOf(cast: Cast, direction: Direction, words: Meeting['words']): Meeting {
  const { nora, alice, bob, carol, mia } = cast;
  return direction === 'to peer'
    ? { cast, words, first: nora, second: alice, third: bob, devices: carol }
    : { cast, words, first: bob, second: nora, third: alice, devices: mia };
}

/** Lets the people with the peer's client come, with all kinds of identities that there are. */
export async function comePeers(network: LivingNetwork): Promise<Peers> {
  const alice = network.person({ name: 'alice', metaType: '4' });
  const bob = network.person({ name: 'bob', metaType: '2' });
  const phone = network.person({ name: 'carol-phone', metaType: '1', terminal: 'phone' });
  const tablet = network.person({ name: 'carol-tablet', metaType: '1', terminal: 'tablet', deviceOf: phone });
  // Each takes a second of a processor until it is there; the account is made on the phone.
  await Promise.all([alice.comeBack(), bob.comeBack()]);
  await phone.comeBack();
  await tablet.comeBack();
  return { alice, bob, carol: [phone, tablet] };
}

/** Lets the peers talk among themselves: where that fails, nothing else has a meaning. */
export async function greet({ alice, bob }: Peers): Promise<void> {
  await Promise.all([alice.meet(bob.id), bob.meet(alice.id)]);
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const words = `Good morning, ${to.name}`;
    await from.text(to.id, words);
    await to.reads({ from: from.id, words });
  }
}

/** IDs as texts. */
export function namesOf(...people: readonly { readonly id: ID }[]): readonly string[] {
  return people.map(({ id }) => String(id));
}
