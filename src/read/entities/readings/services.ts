/** Logons that every Windows host has: by logon id, who they are. Events often name the host (`HOST$`) instead. */
export const serviceLogons: ReadonlyMap<number, { readonly account: string; readonly sid: string }> = new Map(
  [
    [0x3e7, { account: 'NT AUTHORITY\\SYSTEM', sid: 'S-1-5-18' }],
    [0x3e4, { account: 'NT AUTHORITY\\NETWORK SERVICE', sid: 'S-1-5-20' }],
    [0x3e5, { account: 'NT AUTHORITY\\LOCAL SERVICE', sid: 'S-1-5-19' }],
  ],
);
