/**
 * Work at a PowerShell prompt: one process, and a script block for each thing that is typed into it. A script block knows
 * the process and the account, not the logon. A shadow copy made over WMI is named by Security 8222 and seen by the services
 * that wake up for it.
 */
import { scripts, shadows, wmiActivity } from '../events/index.ts';
import type { Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { RunOptions, Session } from '../session.ts';
import { hour, second } from '../time.ts';
import type { World } from '../world/world.ts';

const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

export class Prompt {
  readonly session: Session;
  readonly process: Process;
  readonly #world: World;

  /** `commandLine`: as it was started; `options.by`: by what, where nobody sits there. */
  constructor(
    world: World,
    session: Session,
    time: number,
    commandLine = 'powershell',
    options: RunOptions = {},
  ) {
    this.#world = world;
    this.session = session;
    this.process = session.run(time, powershell, commandLine, { life: 2 * hour, ...options });
  }

  get cause(): Cause | null {
    return this.session.cause;
  }

  /** What is typed, or read from the script at `path`. */
  enter(time: number, text: string, note?: Note, path = ''): void {
    const { machine, account } = this.session;
    const id = this.#world.random.guid().slice(1, -1).toLowerCase();
    machine.write(
      scripts.scriptBlock(machine.host, time, account, this.process.pid, text, id, path),
      this.cause,
      note,
    );
  }

  /** What a shadow copy of C: that the WMI provider makes leaves; returns the name of its device. */
  shadow(time: number, number: number, note?: Note): string {
    const { machine, account } = this.session;
    const { host } = machine;
    const device = `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${number}`;
    const wmi = machine.standing('wmi', time);
    machine.write(
      wmiActivity.wmiProviderStarted(host, time, 'MSVSS__PROVIDER', 'vsswmi.dll', wmi.pid),
      this.cause,
    );
    machine.shadowService(time + 300_000, this.cause);
    machine.write(
      shadows.shadowMade(host, time + 8 * second, {
        account,
        pid: wmi.pid,
        image: wmi.image,
        set: this.#world.random.guid(),
        id: this.#world.random.guid(),
        volume: `\\\\?\\Volume{${machine.hashes('volume').slice(7, 15).toLowerCase()}-0000-0000-0000-500600000000}\\`,
        device,
      }),
      this.cause,
      note,
    );
    return device;
  }
}
