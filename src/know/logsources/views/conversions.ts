/**
 * Conversions that views share. Windows' own events say in hexadecimal, in codes or in SIDs what Sysmon says
 * in words. All are pure and return what they were given where it is not what they expect: a value that is
 * odd is still evidence.
 */

const hexadecimal = /^0x0*([0-9a-f]*)$/i;

/** `0x1a4` → `420`; text that is not hexadecimal stays as it is. */
export function decimalOf(id: string | undefined): readonly string[] | undefined {
  if (id === undefined) return undefined;
  if (!hexadecimal.test(id) || id.length <= 2 || id.length > 18) return [id];
  return [id.length <= 14 ? String(Number.parseInt(id, 16)) : BigInt(id).toString()];
}

/** A logon id without padding, in lower case: `0x00000000000003E7` → `0x3e7`. */
export function plainLogonId(id: string): string {
  const digits = hexadecimal.exec(id);
  if (digits === null) return id;
  return `0x${digits[1] === '' ? '0' : digits[1]!.toLowerCase()}`;
}

/**
 * The logon a process runs under: the target's where there is one, else the subject's. A process started over
 * WMI has the host itself as subject; the person is the target.
 */
export function effectiveLogonId(
  target: string | undefined,
  subject: string | undefined,
): string | undefined {
  if (target !== undefined && target !== '' && target !== '-') {
    const id = plainLogonId(target);
    if (id !== '0x0') return id;
  }
  return subject === undefined ? undefined : plainLogonId(subject);
}

/** Logons that every Windows host has; the event names `HOST$` where Sysmon names these. */
const serviceLogons: ReadonlyMap<string, readonly string[]> = new Map([
  ['0x3e7', ['NT AUTHORITY\\SYSTEM']],
  ['0x3e4', ['NT AUTHORITY\\NETWORK SERVICE']],
  ['0x3e5', ['NT AUTHORITY\\LOCAL SERVICE']],
]);

/**
 * The account as `domain\user` from [target logon id, subject logon id, target domain, target name, subject
 * domain, subject name]: whichever of the two the effective logon is.
 */
export function userOf(values: readonly (string | undefined)[]): readonly string[] | undefined {
  const [target, subject, targetDomain, targetName, subjectDomain, subjectName] = values;
  const effective = effectiveLogonId(target, subject);
  if (effective === undefined) return undefined;
  const service = serviceLogons.get(effective);
  if (service !== undefined) return service;
  const isTarget = target !== undefined && plainLogonId(target) === effective;
  const domain = isTarget ? targetDomain : subjectDomain;
  const name = isTarget ? targetName : subjectName;
  if (name === undefined) return undefined;
  return [domain === undefined || domain === '' || domain === '-' ? name : `${domain}\\${name}`];
}

const integrityNames: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
]);

/** Integrity by name **and** by SID: rules test either. */
export function integrityOf(sid: string | undefined): readonly string[] | undefined {
  if (sid === undefined) return undefined;
  const name = integrityNames.get(sid);
  return name === undefined ? [sid] : [name, sid];
}
