/** Results: what former hunts wrote, read again. */
export {
  INTRUSIONS_FILE,
  type PastEvidence,
  type PastIntrusion,
  type PastLink,
  type PastStory,
  parseIntrusions,
  readIntrusions,
} from './intrusions.ts';
export { parseVisibility, readVisibility, VISIBILITY_FILE } from './visibility.ts';
