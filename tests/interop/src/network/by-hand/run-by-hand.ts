/** Runs the rows of one framing by hand. */
import type { User } from 'dimp';
import { knownPerson } from 'network/people';
import type { Judged } from '../../judge.ts';
import type { DimplesPerson } from '../dimples-person.ts';
import { BY_HAND_PART } from '../known-differences.ts';
import { runRow, type RowRun } from '../run-row.ts';
import { FRAMINGS, type FramingName } from './frames.ts';
import { PersonByHand } from './person-by-hand.ts';
import type { ByHandMeeting, ByHandScenario } from './scenarios.ts';

/** Which rows, and with whom. */
export interface ByHandRun {
  readonly framing: FramingName;
  readonly peer: DimplesPerson;
  readonly scenarios: readonly ByHandScenario[];
}

/** As many come over each framing, one in each row, or two. */
const PEOPLE = 6;

function somebody(number: number): User {
  const user = knownPerson(`P${number}`);
  if (user === undefined) throw new Error(`there is no P${number}`);
  return user;
}

/** What became of each row: what is sent by hand goes to the peer. */
export async function* runByHand(run: RowRun, { framing, peer, scenarios }: ByHandRun): AsyncGenerator<Judged> {
  const { port } = run.network.station;
  const { journal } = run.network;
  let [count, comers] = [0, 0];
  for (const { name, framings, run: play } of scenarios) {
    if (framings?.includes(framing) === false) continue;
    const open: PersonByHand[] = [];
    const meeting: ByHandMeeting = {
      framing,
      peer,
      words: (about) => `${about} (${framing} by hand, ${++count})`,
      stranger: () => somebody(FRAMINGS.indexOf(framing) * PEOPLE + (comers++ % PEOPLE)),
      dial: async (user) => {
        const person = await PersonByHand.dial({ name: `by hand ${open.length + 1}`, user, framing, port, journal });
        open.push(person);
        return person;
      },
    };
    try {
      yield await runRow(run, { part: BY_HAND_PART, name, direction: 'to peer', run: async () => play(meeting) });
    } finally {
      for (const person of open) await person.close();
    }
  }
}
