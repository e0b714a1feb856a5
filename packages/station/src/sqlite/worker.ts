/** A thread for a file: opens it, does what it is sent, and ends when it is told to. Or it writes one copy of the file. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadSqliteDriver } from 'dimsdk/node/internal';
import { connect } from './connect.ts';
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts';
import { failureOf, SqliteDesk } from './sqlite-desk.ts';
import { writeBackup } from './write-backup.ts';

const { path, backup } = workerData as WorkerTask;
const tell = (message: FromWorker): void => parentPort?.postMessage(message, []);

try {
  const driver = await loadSqliteDriver();
  if (backup === undefined) serve(new SqliteDesk(connect(driver, path), path));
  else writeBackup(driver, path, backup);
  tell({ is: 'ready' });
} catch (error) {
  tell({ is: 'failed', error: failureOf(error, path) });
}

function serve(desk: SqliteDesk): void {
  parentPort?.on('message', (message: ToWorker) => {
    if (message.do === 'run') tell({ is: 'done', outcomes: desk.run(message.calls) });
    else {
      desk.close();
      parentPort?.close();
    }
  });
}
