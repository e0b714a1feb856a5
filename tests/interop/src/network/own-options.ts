/** Who somebody with our client is, and where. */
import type { User } from 'dimp';
import type { Transport } from 'dimsdk';
import type { FileServer } from './file-server.ts';
import type { Journal } from './journal.ts';
import type { LivingStation } from './station-program.ts';

/** Who it is, and where. */
export interface OwnOptions {
  readonly name: string;
  readonly user: User;
  readonly terminal?: string | undefined;
  readonly transport: Transport;
  readonly station: LivingStation;
  /** The port that leads to the station. */
  readonly port: number;
  /** Where files go. */
  readonly files: FileServer;
  /** Where what is kept has its file. */
  readonly directory: string;
  readonly journal: Journal;
}
