/** What a domain controller is asked: Kerberos tickets, and NTLM logons to check. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, failure, guid, hex32, portOf, security, sid } from './common.ts';

/** How a client proved who it is: with a password, from an address. */
const preauthFields = (time: number, address: string): Fields => [
  ['PreAuthType', '2'],
  ['IpAddress', `::ffff:${address}`],
  ['IpPort', portOf(time)],
  ['CertIssuerName', ''],
  ['CertSerialNumber', ''],
  ['CertThumbprint', ''],
];

export function ticketGranted(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4768, 0, 14339],
    [
      ['TargetUserName', account.name],
      ['TargetDomainName', domain.toUpperCase()],
      ['TargetSid', sid(account.sid)],
      ['ServiceName', 'krbtgt'],
      ['ServiceSid', sid(`${account.sid.slice(0, account.sid.lastIndexOf('-'))}-502`)],
      ['TicketOptions', hex32(0x40810010)],
      ['Status', hex32(0)],
      ['TicketEncryptionType', hex32(0x12)],
      ...preauthFields(time, address),
    ],
    { processId: lsass },
  );
}

/** A ticket for a service on a host, as the domain controller grants it. */
export function serviceTicketGranted(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
  service: Host,
  logonGuid: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4769, 0, 14337],
    [
      ['TargetUserName', `${account.name}@${domain.toUpperCase()}`],
      ['TargetDomainName', domain.toUpperCase()],
      ['ServiceName', `${service.name}$`],
      [
        'ServiceSid',
        sid(
          `${account.sid.slice(0, account.sid.lastIndexOf('-'))}-${1000 + Number(service.address.split('.')[3])}`,
        ),
      ],
      ['TicketOptions', hex32(0x40810000)],
      ['TicketEncryptionType', hex32(0x12)],
      ['IpAddress', `::ffff:${address}`],
      ['IpPort', portOf(time)],
      ['Status', hex32(0)],
      ['LogonGuid', guid(logonGuid)],
      ['TransmittedServices', '-'],
    ],
    { processId: lsass },
  );
}

/** 4771: Kerberos pre-authentication failed, mostly a wrong password. */
export function preauthFailed(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4771, 0, 14339],
    [
      ['TargetUserName', account.name],
      ['TargetSid', sid(account.sid)],
      ['ServiceName', `krbtgt/${domain.toUpperCase()}`],
      ['TicketOptions', hex32(0x40810010)],
      ['Status', hex32(0x18)],
      ...preauthFields(time, address),
    ],
    { processId: lsass, keywords: failure },
  );
}

/** 4776: a domain controller checked an NTLM logon; it knows the machine's name, not its address. */
export function ntlmChecked(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  workstation: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4776, 0, 14336],
    [
      ['PackageName', 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0'],
      ['TargetUserName', account.name],
      ['Workstation', workstation],
      ['Status', hex32(0)],
    ],
    { processId: lsass },
  );
}
