/** Names of fields: as in the log, blanks removed, so that `Source Name` and `SourceName` are one field. */
export function fieldName(written: string): string {
  return written.replace(/\s+/g, '');
}
