/** A line to a desk in this thread. */
import { loadSqliteDriver } from 'dimsdk/node/internal';
import { connect } from './connect.ts';
import type { DeskLine } from './desk.ts';
import { SqliteDesk } from './sqlite-desk.ts';
import { writeBackup } from './write-backup.ts';

/** Opens a file. @param path as `prepareFile` gives it @throws DimError `STORE_…` */
export async function openLine(path: string): Promise<DeskLine> {
  const driver = await loadSqliteDriver();
  const desk = new SqliteDesk(connect(driver, path), path);
  return {
    send: (calls) => Promise.resolve(desk.run(calls)),
    backup: async (target) => {
      await Promise.resolve();
      writeBackup(driver, path, target);
    },
    close: async () => {
      await Promise.resolve();
      desk.close();
    },
  };
}
