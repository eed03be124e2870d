/** What a drill can be about. A kind is a file and a line in the table; its quiet twin has the look and nothing behind it. */
import type { Moving } from '../daily/index.ts';
import type { SiteWishes } from '../world/site.ts';
import type { World } from '../world/world.ts';

export type Scenario = {
  readonly name: string;
  /** Of the twin. */
  readonly twin: string;
  readonly kind: 'intrusion' | 'quiet';
  /** Frozen kinds are kept from those who write detection until figures are taken for the record. */
  readonly state: 'open' | 'frozen';
  /** One line for people; of a frozen kind nobody prints it. */
  readonly summary: string;
  /** Days, where nobody asks for another number. */
  readonly days: number;
  readonly site?: Omit<SiteWishes, 'formats'>;
  readonly moving?: Moving;
  /** True where what happens means something only to who knows which hosts are the plant's: hunted with `--site`. */
  readonly needsSite?: true;
  /** Adds to the daily life, which has been played. */
  play(world: World): void;
};
