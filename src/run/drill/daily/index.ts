/** Daily life at a site over the whole time of a drill: without it every record would be evidence, and no log is like that. */
import type { World } from '../world/world.ts';
import { playAdministration } from './administration.ts';
import { playHabits } from './habits.ts';
import { type Moving, playPeople, usualMoving } from './people.ts';
import { planRestarts, playSystems } from './systems.ts';

export type { Moving } from './people.ts';
export { adminCommands } from './programs.ts';

export function playDaily(world: World, moving: Moving = usualMoving): void {
  planRestarts(world);
  playSystems(world);
  playPeople(world, moving);
  playAdministration(world);
  playHabits(world);
}
