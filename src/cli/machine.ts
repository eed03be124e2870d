/** The machine and the process as facts for `huntaway doctor`. */
import { availableParallelism, cpus, freemem, homedir, release, type as systemType, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { Machine } from '../run/doctor/index.ts';
import { oldestNode } from '../state/index.ts';

export function machineFacts(huntaway: string): Machine {
  const { v8, zlib, icu } = process.versions;
  return {
    huntaway,
    oldestNode: oldestNode(),
    versions: { node: process.version, v8, zlib: zlib ?? 'unknown', icu: icu ?? null },
    system: `${systemType()} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: {
      total: totalmem(),
      free: freemem(),
      limit: memoryLimit(),
      heap: getHeapStatistics().heap_size_limit,
    },
    openFiles: openFiles(),
    home: homeFolder(),
    utf8: takesUtf8(process.env, process.platform),
  };
}

/** What a container or service is held to; null where that is no less than there is. */
function memoryLimit(): number | null {
  const limit = process.constrainedMemory();
  return limit !== undefined && limit > 0 && limit < totalmem() ? limit : null;
}

/** The soft limit of this process. Only Node's own report has it on all systems. */
function openFiles(): number | null {
  // Else the report would look up names of hosts. Node before 22 does not know the switch and has nothing to look up here.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}

function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As POSIX has it: the first of LC_ALL, LC_CTYPE and LANG that is set decides. */
export function takesUtf8(env: Environment, platform: NodeJS.Platform): boolean | null {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  if (locale) return /utf-?8/i.test(locale);
  return platform === 'win32' || platform === 'darwin' ? null : false;
}
