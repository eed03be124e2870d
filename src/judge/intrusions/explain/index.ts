/** What people read of an intrusion: what speaks for it and against it, what would settle it, the story, what to do first. */
export { offeredApproval } from './approval.ts';
export { saidFirst } from './first.ts';
export { saidHabit, saidOften, saidRecurring, saidWhose } from './habit.ts';
export { type Doubts, saidAgainst, saidFor } from './pros.ts';
export { saidSettle } from './settle.ts';
export { tellStory } from './story.ts';
export { distinct, saidBy, sentence, titleOf } from './words.ts';
