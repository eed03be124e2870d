/** Which shells and readers of manual pages this machine has; tests that need one are skipped, visibly, without it. */
import { spawnSync } from 'node:child_process';

export function haveTool(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}
