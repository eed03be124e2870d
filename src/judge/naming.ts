/** Who is who, as far as counting and remembering ask: one name for each host, one key for each account. */
export interface Naming {
  /** Canonical name of a host: lower case, FQDN where known. */
  host(written: string): string;
  /**
   * `key` is what is compared: the user's name in lower case, behind `host\` where it belongs to one machine, or a SID where
   * nothing else is known; null = nobody in particular (SYSTEM). `name` is for people.
   */
  account(
    written: string | undefined,
    sid?: string,
  ): { readonly key: string | null; readonly name: string | null };
}
