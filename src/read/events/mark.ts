/**
 * The mark of drills. Synthetic records of a drill carry it in their host and provider, so that nobody takes them for
 * real ones. Rules and routes see the provider without it, because a drill that is found by its mark proves nothing;
 * every output shows it. This is the one place that knows what it looks like.
 */

export const DRILL_MARK = 'HWDRILL-';

/** The field that holds a provider's name, as rules call it. */
export const PROVIDER_FIELD = 'Provider_Name';

/** The provider that a drill's record imitates; any other provider as it is. */
export function withoutMark(provider: string): string {
  return provider.startsWith(DRILL_MARK) ? provider.slice(DRILL_MARK.length) : provider;
}
