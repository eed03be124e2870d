/** The answer of `hunt --look-for`. */
export { lookText } from './json.ts';
export { renderLook, renderLookSummary } from './render.ts';
export type {
  FollowedLogons,
  KnownAs,
  LogSpan,
  LookAnswer,
  SeenKind,
  SeenOnHost,
  ShownRecord,
  ShownTerm,
  Stretch,
  TermAnswer,
} from './types.ts';
