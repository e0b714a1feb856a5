/** What happened in a group, as a page shows it. */
import type { ID } from 'dimp';
import type { GroupChange } from 'dimsdk';
import type { HistoryView, PersonView } from '../protocol/views.ts';
import { isHidden, readId, type OpenSession } from './open-session.ts';
import { shownName } from './shown-text.ts';

/** Of a group, the newest are told. */
const MOST_TOLD = 1000;
/** A group may have thousands of members. */
const MOST_NAMED = 12;

/** The oldest first. Of a group that is not shown, nothing. */
export async function groupHistory(open: OpenSession, text: string): Promise<readonly HistoryView[]> {
  const id = readId(text, 'id');
  if (!id.isGroup || (await isHidden(open, id))) return [];
  const changes = (await open.stories.of(id)).slice(-MOST_TOLD);
  return Promise.all(changes.map(async (change) => historyView(open, change)));
}

async function historyView(open: OpenSession, change: GroupChange): Promise<HistoryView> {
  const { key, time, by, did, users, name } = change;
  return {
    key,
    time,
    author: await open.people.view(by),
    did,
    people: await namedOf(open, users),
    count: users.length,
    name: name === undefined ? undefined : (shownName(name) ?? ''),
  };
}

/** This person first, however many there are: that is what concerns most. */
async function namedOf({ client, people }: OpenSession, users: readonly ID[]): Promise<readonly PersonView[]> {
  const self = users.filter((user) => user.equals(client.self));
  const others = users.filter((user) => !user.equals(client.self));
  return people.views([...self, ...others].slice(0, MOST_NAMED));
}
