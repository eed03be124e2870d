/**
 * Which fields are searched for secrets: all but those that hold no free text. What is left out is named here, not
 * what is searched, so that a field nobody thought of is searched.
 */

/** Identifiers, numbers, times, hashes, names of accounts, hosts, channels and of files without arguments. */
const noFreeText =
  /^(?:.*(?:Guid|Sid|Id|Time|Date|Hash|Hashes|Port|Version|Level|Status|Mask|Luid|Image|Domain|DomainName|UserName|AccountName|HostName|IpAddress)|Image|ImageLoaded|SourceIp|DestinationIp|(?:Source|Target|Parent)?User|Company|Product|OriginalFileName|TargetFilename|CurrentDirectory|Signed|Signature|Protocol|Initiated|RuleName|EventType|Channel|Computer|Keywords|Task|Opcode|Provider_Name|xmlns|NewProcessName|ParentProcessName|ProcessName|WorkstationName|LogonType|TokenElevationType|PrivilegeList|AuthenticationPackageName|LogonProcessName|LmPackageName|KeyLength|MessageNumber|MessageTotal|GrantedAccess|IpPort|ObjectServer|AccessList)$/i;

/** True where values of `field` are searched for secrets. */
export function holdsFreeText(field: string): boolean {
  return !noFreeText.test(field);
}
