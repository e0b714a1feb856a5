/** A station of the peer and one of ours that are neighbors, and the people at them. */
import type { ID } from 'dimp';
import { tcpTransport } from 'dimsdk/node';
import { Difference } from '../../exchange.ts';
import type { Direction } from '../../run.ts';
import { CuttingProxy } from '../cutting-proxy.ts';
import type { DimplesPerson } from '../dimples-person.ts';
import type { LivingNetwork } from '../living-network.ts';
import { clientDim, OwnPerson } from '../own-person.ts';
import type { Pair } from '../pair-scenarios.ts';
import type { Person } from '../person.ts';
import { ownStation, StationProgram } from '../station-program.ts';
import { isReceipt } from '../station-scenarios.ts';
import { startOctopus } from './octopus.ts';

/** Two stations. */
export interface Neighbors {
  readonly network: LivingNetwork;
  readonly theirs: StationProgram;
  readonly ours: StationProgram;
  /** The way that our station has to theirs. */
  readonly link: Pick<CuttingProxy, 'cut' | 'mend'>;
}

/** People with the peer's client, at the peer's station. */
export interface Residents {
  readonly alice: DimplesPerson;
  readonly bob: DimplesPerson;
}

/** Two people at two stations: the first one is at ours in one direction, and at the peer's in the other. */
export interface BridgeMeeting extends Pair<Person> {
  readonly neighbors: Neighbors;
  readonly homeOfFirst: StationProgram;
  readonly homeOfSecond: StationProgram;
}

/**
 * Starts our station and the bridge of the peer's, which connects the two. Our station does not come through: `link` is cut.
 * Everybody comes later: the peer's station looks once in five minutes for the neighbors that its bridge has met.
 *
 * @param network whose station is the peer's
 */
export async function joinStations(network: LivingNetwork): Promise<Neighbors> {
  const { station: theirs, directory, journal } = network;
  const link = network.keep(await CuttingProxy.start(theirs.port));
  link.cut();
  const command = ownStation(directory, { id: theirs.id, port: link.port });
  const ours = network.keep(await StationProgram.start(command, journal));
  await startOctopus(network, ours.port);
  await ours.isJoined(theirs.id, 'them');
  return { network, theirs, ours, link };
}

/** Lets our station come through. */
export async function joinByOurs({ theirs, ours, link }: Neighbors): Promise<void> {
  const from = ours.now;
  link.mend();
  await ours.isJoined(theirs.id, 'us', from);
}

/** Lets people come with the peer's client. */
export async function comeResidents({ network, theirs }: Neighbors): Promise<Residents> {
  const alice = network.person({ name: 'alice', metaType: '4' });
  const bob = network.person({ name: 'bob', metaType: '2' });
  await Promise.all([alice.moveTo(theirs), bob.moveTo(theirs)]);
  return { alice, bob };
}

/** Lets somebody come with our client, of whom nobody has heard. */
export async function comeStranger({ network, ours }: Neighbors, name: string): Promise<OwnPerson> {
  const { directory, files, journal } = network;
  const user = await clientDim.createUser({ name });
  const place = { transport: tcpTransport(), station: ours, port: ours.port, files, directory, journal };
  const person = network.keep(await OwnPerson.create({ name, user, ...place }));
  await person.moveTo(ours);
  return person;
}

/** More often than it takes: a question and its answer go over the bridge meanwhile. */
const MOST_QUESTIONS = 100;

/**
 * Somebody looks up a stranger at the other station. The peer's station says that it knows nobody of that ID, and asks its neighbors;
 * the peer's client would ask again after ten minutes.
 */
export async function lookUp(person: DimplesPerson, stranger: ID): Promise<void> {
  const did = stranger.toString();
  const isUnknown = isReceipt('Document not found.');
  for (let questions = 0; questions < MOST_QUESTIONS; questions += 1) {
    let isFound = false;
    await person.asks('documents', { command: 'documents', did }, (content) => {
      isFound = content['did'] === did && Array.isArray(content['documents']);
      return isFound || isUnknown(content);
    });
    if (isFound) return;
  }
  throw new Difference(`${person.name} does not find ${did}`);
}

/** Who meets whom. In the other direction, it is another one of the peer's, so that it is the first time there as well. */
export function bridgeMeetingOf(
  neighbors: Neighbors,
  { alice, bob, nora }: Residents & { readonly nora: OwnPerson },
  direction: Direction,
  words: Pair['words'],
): BridgeMeeting {
  const { ours, theirs } = neighbors;
  return direction === 'to peer'
    ? { neighbors, words, first: nora, second: alice, homeOfFirst: ours, homeOfSecond: theirs }
    : { neighbors, words, first: bob, second: nora, homeOfFirst: theirs, homeOfSecond: ours };
}
