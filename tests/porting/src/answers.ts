/** What is here for each name there. One answer serves all four languages: the SDKs are one family, and use the same names. */
import { readJson } from './names.ts';

export interface Answer {
  /** Names, or `Class.member`, or `*.member` for a member of any class, as `familyName` and `familyMember` write them. */
  readonly there: readonly string[];
  /** Nothing, where it is not here: the note then says why, or what to do instead. */
  readonly here: readonly Here[];
  readonly note?: string;
}

export interface Here {
  /** Door and export, and perhaps a member: `dimp:Dim.createUser`. */
  readonly export: string;
  /** As an application writes it, where that is not the name of the export. */
  readonly as?: string;
}

/** In the order of the pages: what an application uses first comes first. */
export const TOPICS = {
  identity: 'Who somebody is',
  messages: 'Messages, sent and received',
  contents: 'Contents and commands',
  client: 'Network, session, groups',
  storage: 'Stores',
  station: 'Running a station',
  keys: 'Keys, digests, coding',
  extensions: 'What extends the library',
  utilities: 'Types and tools',
} as const;
export type Topic = keyof typeof TOPICS;

export class Answers {
  readonly #byName = new Map<string, { readonly answer: Answer; readonly topic: Topic }>();
  readonly #byMember = new Map<string, Answer>();
  /** Names that have two answers. */
  readonly twice: string[] = [];

  constructor() {
    for (const topic of Object.keys(TOPICS) as Topic[]) {
      for (const answer of readJson(`answers/${topic}.json`) as Answer[]) {
        for (const name of answer.there) {
          if (this.#byName.has(name)) this.twice.push(name);
          this.#byName.set(name, { answer, topic });
        }
      }
    }
    for (const answer of readJson('answers/members.json') as Answer[]) {
      for (const member of answer.there) {
        if (this.#byMember.has(member)) this.twice.push(member);
        this.#byMember.set(member, answer);
      }
    }
  }

  get all(): readonly Answer[] {
    return [...new Set([...[...this.#byName.values()].map(({ answer }) => answer), ...this.#byMember.values()])];
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  get members(): readonly string[] {
    return [...this.#byMember.keys()];
  }

  of(name: string): { readonly answer: Answer; readonly topic: Topic } | undefined {
    return this.#byName.get(name);
  }

  /** Of a class; `*` for any. */
  ofMember(name: string, member: string): Answer | undefined {
    return this.#byMember.get(`${name}.${member}`);
  }
}
