/**
 * A trial: two devices in two processes talk over one test network, whose state outlasts them. They are killed, the network
 * fails, and in the end each text that was promised to go out was read once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { User } from 'dimp';
import { systemClock } from 'dimsdk';
import { createTestNetwork, type NetworkFaults, type TestNetwork } from 'dimtestkit/network';
import { serveLoopback, type LoopbackServer } from '../loopback/loopback-server.ts';
import { dim, person } from '../world.ts';
import { Device } from './device-process.ts';
import { openFile } from './files.ts';
import type { Blow } from './plan.ts';
import type { Report } from './speech.ts';
import { judge } from './verdict.ts';

/** How large a trial is. */
export interface TrialOptions {
  /** Of what goes wrong on the network. */
  readonly seed: number;
  readonly faults: NetworkFaults;
  /** How many texts are sent; each is answered beside. */
  readonly texts: number;
  /** How many of each device may be on their way: kills are to meet work that is begun. */
  readonly window: number;
  /** What happens to the devices meanwhile. */
  readonly plan: readonly Blow[];
  /** Told how it goes. */
  readonly tell?: (what: string) => void;
}

/** How a trial went. */
export interface TrialResult {
  /** What is not as it was promised. */
  readonly problems: readonly string[];
  readonly facts: Readonly<Record<string, number>>;
}

/** All that can go wrong on a network, but for silence: that is among the blows. */
export const EVERYTHING: NetworkFaults = {
  delay: [0, 0.004],
  cutRate: 0.004,
  duplicateRate: 0.05,
  // What is held back holds up what is behind it, for a second at most.
  reorderRate: 0.005,
  restartRate: 0.0005,
  refuseRate: 0.1,
  unnoticed: [0, 0.1],
};

/** As long as all of it may take, in seconds of this machine. */
const MOST_SECONDS = 4 * 3600;

/** Runs a trial. */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const folder = mkdtempSync(join(tmpdir(), 'dimsdk-processes-'));
  const trial = await Trial.open(folder, options);
  try {
    return await trial.run();
  } finally {
    await trial.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Trial {
  readonly #options: TrialOptions;
  readonly #network: TestNetwork;
  readonly #server: LoopbackServer;
  readonly #users: readonly [User, User];
  readonly #devices: readonly [Device, Device];
  /** How far all clocks are ahead of that of this machine. */
  readonly #time: { ahead: number };
  #look: (() => void)[] = [];
  #kills = 0;
  readonly #began = performance.now();

  private constructor(parts: {
    readonly folder: string;
    readonly options: TrialOptions;
    readonly network: TestNetwork;
    readonly server: LoopbackServer;
    readonly users: readonly [User, User];
    readonly time: { ahead: number };
  }) {
    const { folder, options, network, server, users, time } = parts;
    this.#options = options;
    this.#network = network;
    this.#server = server;
    this.#users = users;
    this.#time = time;
    const device = (index: 0 | 1): Device => {
      const name = index === 0 ? 'a' : 'b';
      const [self, other] = [users[index], users[index === 0 ? 1 : 0]];
      const parameters = {
        name,
        path: join(folder, `${name}.db`),
        // One of them has keys that are sealed.
        ...(index === 0 && { passphrase: 'correct horse' }),
        self: self.id.toString(),
        other: other.id.toString(),
        port: server.address.port,
        window: options.window,
      };
      return new Device(parameters, () => this.#heard());
    };
    this.#devices = [device(0), device(1)];
  }

  static async open(folder: string, options: TrialOptions): Promise<Trial> {
    const time = { ahead: 0 };
    const clock = {
      now: () => systemClock.now() + time.ahead,
      wait: async (seconds: number, signal?: AbortSignal) => systemClock.wait(seconds, signal),
    };
    const network = await createTestNetwork({ dim, seed: options.seed, clock, logLimit: 100 });
    const server = await serveLoopback(network, { seconds: MOST_SECONDS });
    const users = [await person('Alice'), await person('Bob')] as const;
    return new Trial({ folder, options, network, server, users, time });
  }

  async run(): Promise<TrialResult> {
    const { faults, plan } = this.#options;
    const group = await this.#begin();
    this.#network.faults = faults;
    for (const device of this.#devices) this.#send(device);
    for (const blow of plan) {
      await this.#until(() => this.#kept >= blow.at);
      this.#tell(`${this.#kept} texts: ${blow.kind} ${blow.whom} ${blow.kind === 'dies' ? blow.death.at : ''}`);
      await this.#strike(blow);
    }
    await this.#until(() => this.#devices.every(({ has }) => has.allKept));
    this.#network.faults = {};
    await this.#settled();
    const seconds = (performance.now() - this.#began) / 1000;
    await this.#end();
    const verdict = await judge(this.#devices, group);
    const facts = { seconds, kills: this.#kills, kept: this.#kept, ...verdict.facts };
    return { problems: [...this.#wrongs, ...verdict.problems], facts };
  }

  async close(): Promise<void> {
    for (const device of this.#devices) {
      device.kill();
      await device.ended();
    }
    await this.#server.close();
  }

  #tell(what: string): void {
    this.#options.tell?.(`${((performance.now() - this.#began) / 1000).toFixed(1)} s: ${what}`);
  }

  get #kept(): number {
    return this.#devices.reduce((sum, { kept }) => sum + kept.size, 0);
  }

  /** While nothing goes wrong: they come to know each other, and found a group. */
  async #begin(): Promise<string> {
    for (const [index, device] of this.#devices.entries()) {
      const store = await openFile(device.parameters);
      const user = this.#users[index];
      if (user !== undefined) await dim.addUser(store, user);
      await store.close();
      device.start(this.#time.ahead);
    }
    const [first, second] = this.#devices;
    await this.#until(() => this.#devices.every(({ has }) => has.online));
    first.order({ do: 'found' });
    await this.#until(() => first.group !== undefined && second.group === first.group);
    return first.group ?? '';
  }

  /** A device sends what is left. One of them sends to the group, too. */
  #send(device: Device): void {
    const { group, parameters } = device;
    device.order({
      do: 'send',
      from: device.next,
      to: Math.floor(this.#options.texts / 2),
      ...(parameters.name === 'a' && { group }),
    });
  }

  #restart(device: Device): void {
    device.start(this.#time.ahead);
    this.#send(device);
  }

  async #strike(blow: Blow): Promise<void> {
    const device = this.#devices[blow.whom];
    await setTimeout(blow.pause);
    switch (blow.kind) {
      case 'killed':
        await this.#kill(device);
        return this.#restart(device);
      case 'killed-again':
        await this.#kill(device);
        this.#restart(device);
        await setTimeout(blow.again);
        await this.#kill(device);
        return this.#restart(device);
      case 'dies':
        device.order({ do: 'die', death: blow.death });
        // It may have nothing left to do.
        await this.#until(() => !device.isRunning || this.#devices.every(({ has }) => has.allKept));
        await this.#kill(device);
        return this.#restart(device);
      case 'silenced': {
        const kept = this.#kept;
        await this.#network.silence(this.#users[blow.whom].id);
        await this.#until(() => this.#kept >= kept + 5 || device.has.allKept);
        await this.#kill(device);
        return this.#restart(device);
      }
      case 'power-cut':
        for (const each of this.#devices) await this.#kill(each);
        this.#time.ahead += blow.seconds;
        for (const each of this.#devices) this.#restart(each);
        return;
      case 'station':
        await this.#network.restart();
    }
  }

  async #kill(device: Device): Promise<void> {
    device.kill();
    const { code, signal } = await device.ended();
    this.#kills++;
    if (signal !== 'SIGKILL') device.wrongs.push(`${device.parameters.name} ended with ${String(code ?? signal)}`);
  }

  /**
   * Nothing is to be done any more, anywhere. Of what nobody waits for, the station's receipt may have been lost: it goes out
   * again some time later, when there is a new connection.
   */
  async #settled(): Promise<void> {
    await this.#still(({ deliveries, drafts, arrivals, waiting }) => deliveries + drafts + arrivals + waiting);
    for (const device of this.#devices) await this.#kill(device);
    await this.#network.restart();
    this.#time.ahead += 100;
    for (const device of this.#devices) this.#restart(device);
    await this.#still((left) => left.deliveries + left.drafts + left.parcels + left.arrivals + left.waiting);
  }

  /** Waits until two looks see the same, and nothing to be done. */
  async #still(count: (report: Report) => number): Promise<void> {
    for (let before = ''; ;) {
      this.#check();
      const reports = await Promise.all(this.#devices.map(async (device) => device.report()));
      const kept = this.#network.kept().length;
      const isDone = reports.every((report) => report !== undefined && count(report) === 0);
      const now = JSON.stringify([reports, kept]);
      if (now === before && kept === 0 && isDone) return;
      if (now !== before) this.#tell(now);
      before = now;
      await setTimeout(100);
    }
  }

  async #end(): Promise<void> {
    for (const device of this.#devices) {
      device.order({ do: 'close' });
      const { code, signal } = await device.ended();
      const { name } = device.parameters;
      if (code !== 0) device.wrongs.push(`${name} ended with ${String(code ?? signal)}`);
      const left = device.resources?.filter((resource) => !['PipeWrap', 'TTYWrap'].includes(resource));
      if (left?.length !== 0) device.wrongs.push(`${name} has left when all is closed: ${String(left)}`);
    }
  }

  /** Waits until something is so. @throws when something is wrong: it might never be so */
  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      this.#check();
      await new Promise<void>((resolve) => this.#look.push(resolve));
    }
  }

  #check(): void {
    if (this.#wrongs.length > 0) throw new Error(this.#wrongs.join('\n'));
  }

  get #wrongs(): readonly string[] {
    return this.#devices.flatMap(({ wrongs }) => wrongs);
  }

  #heard(): void {
    for (const look of this.#look.splice(0)) look();
  }
}
